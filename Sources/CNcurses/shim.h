// The one door to ncurses: wide characters on, and the macros Swift cannot import as constants and functions.
#ifndef SITTER_CNCURSES_SHIM_H
#define SITTER_CNCURSES_SHIM_H

// SwiftPM drops the -D flags of ncursesw.pc; without this cchar_t and its family are missing.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>

#endif
