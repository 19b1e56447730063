// Signals and the terminal. Gives the terminal back when the program crashes, and turns polite signals into a
// counter and a byte in a pipe. What runs inside a handler is async-signal-safe: atomics and system calls only.
#ifndef SITTER_CTERMINALRESCUE_H
#define SITTER_CTERMINALRESCUE_H

#include <stddef.h>
#include <termios.h>

// What happened since the notices were last taken.
enum {
    RESCUE_NOTICE_RESIZED = 1,   // SIGWINCH
    RESCUE_NOTICE_CONTINUED = 2, // SIGCONT
    RESCUE_NOTICE_STOP = 4       // SIGTSTP from outside; the key arrives as a byte
};

// Installs the handlers of SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2 and SIGXCPU (unless ignored from outside,
// as under nohup), ignores SIGPIPE and opens the wake pipe. The last three warn of an end to come and may come again. A
// second SIGINT, SIGTERM or SIGQUIT that is not an echo of the first gives the terminal back and leaves with 128 + its
// number. Idempotent. Returns 0 or an errno.
int rescue_watch_interrupts(void);

// Installs the handlers of SIGWINCH, SIGCONT and SIGTSTP, which a full-screen program also needs. Idempotent.
int rescue_watch_screen(void);

// Becomes readable at each caught signal; -1 before rescue_watch_interrupts. Its bytes mean nothing.
int rescue_wake_descriptor(void);
// Empties the wake pipe.
void rescue_drain_wake(void);

// How many of these signals came, echoes not counted, and the first of them (0: none).
int rescue_interrupt_count(void);

// Goes on after a SIGHUP as if it had not come, and ignores further ones; 0 where another signal came first. Where the terminal is
// known to be lost none need have come yet.
int rescue_outlive_hangup(int is_lost);

int rescue_last_signal(void);

// The RESCUE_NOTICE bits since the last call.
int rescue_take_notices(void);

// From now on a crash, a second interrupt or exit() writes the bytes to the terminal and restores its modes. The
// bytes are copied. Returns 0 or an errno (E2BIG: more than 1,024 bytes).
int rescue_arm(int descriptor, const struct termios *modes, const char *bytes, size_t count);
// Gives the terminal back now, from any thread, where it is armed.
void rescue_give_back(void);
// The terminal was given back properly.
void rescue_disarm(void);

// A pipe for a standard stream: as much room as the system gives, a reading end that never waits, and C's own standard
// output handing on line by line. Returns 0 or an errno.
int rescue_open_pipe(int ends[2]);

// While the error stream leads into a pipe: after a crash what was kept of it and what the pipe still holds is written
// to the descriptor that the stream led to before. -1 and -1 end that.
void rescue_capture(int pipe, int descriptor);
// Keeps the newest bytes of what came through the pipe, for rescue_capture. One thread only.
void rescue_keep(const unsigned char *bytes, size_t count);

// Lets the calling thread's own stack overflow reach the crash handler.
void rescue_use_own_stack(void);

// Stops the process group as Ctrl-Z does in a shell, and returns after SIGCONT, or soon where nothing can stop it.
void rescue_stop(void);

#endif
