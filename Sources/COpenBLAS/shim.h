// The one door to OpenBLAS.
#ifndef SITTER_COPENBLAS_SHIM_H
#define SITTER_COPENBLAS_SHIM_H

#include <cblas.h>

#endif
