// The one door to zlib.
#ifndef SITTER_CZLIB_SHIM_H
#define SITTER_CZLIB_SHIM_H

#include <zlib.h>

#endif
