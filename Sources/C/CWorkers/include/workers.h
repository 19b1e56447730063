// What the worker pool cannot say in Swift: a closure that does not escape, kept as the two words it is (Swift itself
// can only keep a closure on the heap, and a training step makes no heap allocation), and the processor's hint that a
// loop waits for another core.
#ifndef SITTER_CWORKERS_H
#define SITTER_CWORKERS_H

#include <stddef.h>

// Valid from worker_borrow_closure to worker_return_closure.
struct worker_closure {
    const void *code;
    void *context;
};

// Calls the closure, an (Int, Int) -> Void, with two numbers.
void worker_call(struct worker_closure closure, ptrdiff_t first, ptrdiff_t second);

static inline void worker_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

#endif
