// The one door to OpenBLAS.
#ifndef SITTER_COPENBLAS_SHIM_H
#define SITTER_COPENBLAS_SHIM_H

#include <cblas.h>

// LAPACK's eigenvalues of a symmetric matrix by divide and conquer; OpenBLAS has it, its header on Debian does not.
void dsyevd_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *iwork, const int *liwork, int *info);

// OpenBLAS's memory for one product at a time. Where the system has none left it asks again for ever.
void *blas_memory_alloc(int kind);
void blas_memory_free(void *memory);

#endif
