// The one door to ncurses: wide characters on, and the macros and globals that Swift cannot import as functions.
#ifndef SITTER_CNCURSES_SHIM_H
#define SITTER_CNCURSES_SHIM_H

// SwiftPM drops the -D flags of ncursesw.pc; without this cchar_t and its family are missing.
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <term.h>

// Attributes are casts and shifts in macros; their values come from here, never from a literal in Swift.
static inline attr_t curses_bold(void) { return A_BOLD; }
static inline attr_t curses_dim(void) { return A_DIM; }
static inline attr_t curses_underline(void) { return A_UNDERLINE; }
static inline attr_t curses_reverse(void) { return A_REVERSE; }

// ncurses keeps these as globals, which Swift 6 refuses to touch.
static inline int curses_color_count(void) { return COLORS; }
static inline int curses_pair_count(void) { return COLOR_PAIRS; }
static inline WINDOW *curses_current_screen(void) { return curscr; }
static inline TERMINAL *curses_current_terminal(void) { return cur_term; }

// Names of the predefined capabilities in the order of the compiled format; NULL after the last.
static inline const char *curses_flag_name(int index) { return boolnames[index]; }
static inline const char *curses_number_name(int index) { return numnames[index]; }
static inline const char *curses_string_name(int index) { return strnames[index]; }

// A string capability, NULL where it is absent or cancelled (which tigetstr reports as (char *) -1).
static inline const char *curses_string_capability(const char *name) {
    char *value = tigetstr((char *) name);
    return value == (char *) -1 ? NULL : value;
}

// One screen cell; the colour pair travels behind the pointer because the short argument ends at 32767.
static inline int curses_set_cell(cchar_t *cell, wchar_t glyph, attr_t attributes, int pair) {
    wchar_t text[2] = {glyph, 0};
    return setcchar(cell, text, attributes, 0, &pair);
}

// A file in memory that ncurses can write a frame into; -1 where there is none. (sys/mman.h hides it without _GNU_SOURCE.)
int memfd_create(const char *name, unsigned int flags);
static inline int curses_spool(void) { return memfd_create("sitter-frame", 1 /* MFD_CLOEXEC */); }

// Columns a wide character takes in the current locale, -1 if it cannot be shown. (wchar.h hides it from Swift.)
int wcwidth(wchar_t glyph);

#endif
