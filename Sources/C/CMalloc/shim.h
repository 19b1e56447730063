// The one door to what the allocator can be told.
#ifndef SITTER_CMALLOC_SHIM_H
#define SITTER_CMALLOC_SHIM_H

#include <malloc.h>

#endif
