#include "start.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

static const char name[] = "OPENBLAS_NUM_THREADS=";

// Runs before any library's own beginning: calls of the system and of what needs no beginning work, `setenv` does not.
static void start_again(int argc, char **argv, char **environment) {
    (void)argc;
    size_t count = 0;
    for (; environment[count]; count++) {
        if (strcmp(environment[count], "OPENBLAS_NUM_THREADS=1") == 0) return;
    }
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    char *changed[count + 2];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(environment[i], name, sizeof name - 1) != 0) changed[kept++] = environment[i];
    }
    changed[kept++] = "OPENBLAS_NUM_THREADS=1";
    changed[kept] = NULL;
    // By its own path, so that `ps` and `pkill` still call it by its name; where that has gone, by what runs. Else it goes on
    // as it is.
    execve(path, argv, changed);
    execve("/proc/self/exe", argv, changed);
}

__attribute__((section(".preinit_array"), used)) static void (*const before_all)(int, char **, char **) = start_again;
