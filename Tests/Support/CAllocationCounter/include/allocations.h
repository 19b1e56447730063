// Counts the heap allocations of chosen threads. Linked into the tests' program, it stands in for libc's functions.
#ifndef SITTER_CALLOCATIONCOUNTER_H
#define SITTER_CALLOCATIONCOUNTER_H

#include <stddef.h>

// From now on the calling thread's allocations count, or count no more.
void allocations_watch_thread(int watched);

// Allocations of all watched threads so far.
long allocations_count(void);

// The callers of the last counted allocation, one a line, innermost first; cut to the size, which counts the final 0.
void allocations_describe_last(char *text, size_t size);

#endif
