#define _GNU_SOURCE
#include "allocations.h"

#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

// glibc's own names of what stands below.
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static _Thread_local int is_watched __attribute__((tls_model("initial-exec")));
static atomic_long count;
static void *callers[24];
static int caller_count;

void allocations_watch_thread(int watched) {
    if (watched) {
        // The first backtrace loads a library.
        void *one[1];
        backtrace(one, 1);
    }
    is_watched = watched;
}

long allocations_count(void) { return atomic_load(&count); }

void allocations_describe_last(char *text, size_t size) {
    size_t used = 0;
    if (size > 0) text[0] = 0;
    char **names = backtrace_symbols(callers, caller_count);
    for (int index = 0; names && index < caller_count && used < size; index++)
        used += (size_t)snprintf(text + used, size - used, "%s\n", names[index]);
    free(names);
}

static void note(void) {
    if (!is_watched) return;
    atomic_fetch_add(&count, 1);
    is_watched = 0;
    caller_count = backtrace(callers, 24);
    is_watched = 1;
}

void *malloc(size_t size) {
    note();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    note();
    return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    note();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **target, size_t alignment, size_t size) {
    note();
    void *memory = __libc_memalign(alignment, size);
    if (!memory) return ENOMEM;
    *target = memory;
    return 0;
}
