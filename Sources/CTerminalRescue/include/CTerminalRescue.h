// Gives the terminal back from inside a signal handler. Everything here is async-signal-safe.
#ifndef SITTER_CTERMINALRESCUE_H
#define SITTER_CTERMINALRESCUE_H

#endif
