// What has to be done before the libraries of the program begin: OpenBLAS starts a thread for each core as soon as it is
// loaded, which sitter never uses, and where the system gives no more of them (`ulimit -u`, a container) it ends the process
// with SIGINT before `main`. It reads its environment then, and the environment is taken from the process, so that nothing
// but to start it again helps.
#ifndef SITTER_CSTART_H
#define SITTER_CSTART_H

// Linked into the program, it runs by itself: there is nothing to call.

#endif
