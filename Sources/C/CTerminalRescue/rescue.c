#define _GNU_SOURCE
#include "CTerminalRescue.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// The terminal to give back. Written only while `armed` is 0.
static atomic_int armed;
static int terminal = -1;
static struct termios terminal_modes;
static char reset_bytes[1024];
static size_t reset_count;

static int wake[2] = {-1, -1};
static atomic_int interrupts;
static atomic_int after_hangup;
static atomic_int first_signal;
// When somebody first asked for the end, 0 before: a warning is no such wish.
static atomic_llong first_time;
static atomic_int notices;

static const int crashes[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { crash_count = sizeof crashes / sizeof crashes[0] };
static struct sigaction before_crash[crash_count];
// Swift's backtracer asks questions for half a minute in a terminal, so it runs only for those who asked for it.
static int wants_backtrace;

// `timeout` and closing shells send a signal twice within microseconds; that is one wish, not two.
static const long long echo_nanoseconds = 100 * 1000 * 1000;

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

// The error stream's pipe and where it led before; -1 while nothing is captured.
static atomic_int captured_pipe = -1;
static atomic_int captured_stream = -1;
// The newest bytes that came through the pipe: a ring.
static unsigned char kept[8192];
static atomic_size_t kept_count;

int rescue_open_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    setvbuf(stdout, NULL, _IOLBF, 0);
    return 0;
}

void rescue_capture(int pipe, int descriptor) {
    atomic_store(&captured_pipe, pipe);
    atomic_store(&captured_stream, descriptor);
}

void rescue_keep(const unsigned char *bytes, size_t count) {
    size_t total = atomic_load(&kept_count);
    for (size_t i = 0; i < count; i++) kept[(total + i) % sizeof kept] = bytes[i];
    atomic_store(&kept_count, total + count);
}

// What the error stream said last, on the terminal that is normal again. Async-signal-safe.
static void tell(void) {
    int pipe = atomic_exchange(&captured_pipe, -1);
    int stream = atomic_exchange(&captured_stream, -1);
    if (stream < 0) return;
    dup2(stream, STDERR_FILENO);
    // Whoever empties the pipe may be about to keep what it has just read.
    struct timespec moment = {0, 20000000};
    nanosleep(&moment, NULL);
    size_t total = atomic_load(&kept_count);
    for (size_t i = total > sizeof kept ? total - sizeof kept : 0; i < total;) {
        size_t start = i % sizeof kept;
        size_t piece = total - i < sizeof kept - start ? total - i : sizeof kept - start;
        ssize_t written = write(stream, kept + start, piece);
        if (written <= 0) return;
        i += (size_t) written;
    }
    char bytes[1024];
    ssize_t count;
    while (pipe >= 0 && (count = read(pipe, bytes, sizeof bytes)) > 0) {
        ssize_t ignored = write(stream, bytes, (size_t) count);
        (void) ignored;
    }
}

static void restore(void) {
    if (!atomic_exchange(&armed, 0)) return;
    // In the background a write or a change of modes would stop us instead.
    struct sigaction ignore;
    memset(&ignore, 0, sizeof ignore);
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGTTOU, &ignore, NULL);
    size_t written = 0;
    while (written < reset_count) {
        struct pollfd ready = {terminal, POLLOUT, 0};
        // A line that takes nothing for half a second is not worth waiting for.
        if (poll(&ready, 1, 500) <= 0 || !(ready.revents & POLLOUT)) break;
        ssize_t some = write(terminal, reset_bytes + written, reset_count - written);
        if (some > 0) written += (size_t) some;
        else if (errno != EINTR) break;
    }
    // Replies and mouse reports still on their way belong to us, not to the shell.
    tcflush(terminal, TCIFLUSH);
    tcsetattr(terminal, TCSANOW, &terminal_modes);
    tell();
}

static void wake_up(void) {
    int saved = errno;
    if (wake[1] >= 0) {
        char byte = 0;
        ssize_t ignored = write(wake[1], &byte, 1); // a full pipe wakes as well
        (void) ignored;
    }
    errno = saved;
}

// What batch systems send ahead of the end, some of them again and again: time is left to save.
static int is_warning(int signal) { return signal == SIGUSR1 || signal == SIGUSR2 || signal == SIGXCPU; }

static void on_interrupt(int signal) {
    long long time = now();
    int none = 0;
    atomic_compare_exchange_strong(&first_signal, &none, signal);
    // Whoever asks for the end right after a hangup means it, however soon it comes.
    if (signal != SIGHUP && !is_warning(signal) && atomic_load(&first_signal) == SIGHUP)
        atomic_store(&after_hangup, signal);
    if (is_warning(signal)) {
        atomic_fetch_add(&interrupts, 1);
    } else if (atomic_load(&first_time) == 0) {
        atomic_store(&first_time, time);
        atomic_fetch_add(&interrupts, 1);
        // A closing terminal hangs up more than once; only a person or a supervisor insists.
    } else if (signal != SIGHUP && time - atomic_load(&first_time) >= echo_nanoseconds) {
        atomic_fetch_add(&interrupts, 1);
        restore();
        _exit(128 + signal);
    }
    wake_up();
}

static void on_notice(int signal) {
    int bit = signal == SIGWINCH ? RESCUE_NOTICE_RESIZED
            : signal == SIGCONT ? RESCUE_NOTICE_CONTINUED : RESCUE_NOTICE_STOP;
    atomic_fetch_or(&notices, bit);
    wake_up();
}

// What is left of the address space that `ulimit -v` allows; a large number without such a limit.
static long long address_space_left(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 1LL << 62;
    char text[64] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) return 1LL << 62;
    ssize_t count = read(file, text, sizeof text - 1);
    close(file);
    long long pages = 0;
    for (ssize_t i = 0; i < count && text[i] >= '0' && text[i] <= '9'; i++) pages = pages * 10 + (text[i] - '0');
    return (long long) limit.rlim_cur - pages * sysconf(_SC_PAGESIZE);
}

static void on_crash(int signal, siginfo_t *info, void *context) {
    (void) context;
    int was_armed = atomic_load(&armed);
    restore();
    // Swift traps where an allocation fails. That is no mistake of the program, and no file of its memory helps anybody.
    if (address_space_left() < 64 << 20) {
        static const char line[] = "sitter: out of memory: ulimit -v leaves less than 64 MB; raise it\n";
        ssize_t ignored = write(STDERR_FILENO, line, sizeof line - 1);
        (void) ignored;
        _exit(1);
    }
    for (int i = 0; i < crash_count; i++) {
        if (crashes[i] != signal) continue;
        struct sigaction previous = before_crash[i];
        if (!wants_backtrace || previous.sa_handler == SIG_IGN) {
            memset(&previous, 0, sizeof previous);
            previous.sa_handler = SIG_DFL;
        }
        sigaction(signal, &previous, NULL);
    }
    if (was_armed && !wants_backtrace) {
        // The message of the trap went down with the alternate screen.
        static const char hint[] = "crashed; SWIFT_BACKTRACE=enable=yes in the environment shows where\n";
        ssize_t ignored = write(STDERR_FILENO, hint, sizeof hint - 1);
        (void) ignored;
    }
    // A fault comes back by itself when its instruction runs again, with its own cause; a sent signal does not.
    if (info->si_code <= 0) raise(signal);
}

static int install(int signal, void (*handler)(int), int keep_ignored) {
    struct sigaction action;
    if (keep_ignored && sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN) return 0;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    // Files written by other threads must not see EINTR. poll() returns anyway.
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, NULL) == 0 ? 0 : errno;
}

static int watch_crashes(void) {
    static atomic_int installed;
    if (atomic_exchange(&installed, 1)) return 0;
    wants_backtrace = getenv("SWIFT_BACKTRACE") != NULL;
    for (int i = 0; i < crash_count; i++) {
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_sigaction = on_crash;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        if (sigaction(crashes[i], &action, &before_crash[i]) != 0) return errno;
    }
    return 0;
}

int rescue_watch_interrupts(void) {
    if (wake[0] >= 0) return 0;
    if (pipe2(wake, O_NONBLOCK | O_CLOEXEC) != 0) return errno;
    int failed = install(SIGPIPE, SIG_IGN, 0);
    if (!failed) failed = install(SIGINT, on_interrupt, 1);
    if (!failed) failed = install(SIGTERM, on_interrupt, 1);
    if (!failed) failed = install(SIGHUP, on_interrupt, 1);
    static const int others[] = {SIGQUIT, SIGUSR1, SIGUSR2, SIGXCPU};
    for (size_t i = 0; i < sizeof others / sizeof others[0] && !failed; i++)
        failed = install(others[i], on_interrupt, 1);
    struct rlimit limit;
    if (!failed && getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) failed = watch_crashes();
    return failed;
}

int rescue_watch_screen(void) {
    int failed = rescue_watch_interrupts();
    if (!failed) failed = install(SIGWINCH, on_notice, 0);
    if (!failed) failed = install(SIGCONT, on_notice, 0);
    if (!failed) failed = install(SIGTSTP, on_notice, 1);
    return failed;
}

int rescue_wake_descriptor(void) { return wake[0]; }

void rescue_drain_wake(void) {
    char bytes[256];
    while (wake[0] >= 0 && read(wake[0], bytes, sizeof bytes) > 0) {}
}

int rescue_interrupt_count(void) { return atomic_load(&interrupts); }
int rescue_last_signal(void) { return atomic_load(&first_signal); }

// Makes a signal that came after a hangup the one that asks for the end; whether there was one.
static int take_after_hangup(void) {
    int signal = atomic_load(&after_hangup);
    if (signal == 0) return 0;
    atomic_store(&first_signal, signal);
    atomic_store(&interrupts, 1);
    return 1;
}

int rescue_outlive_hangup(int is_lost) {
    if (take_after_hangup()) return 0;
    int is_told = atomic_load(&first_signal) == SIGHUP && atomic_load(&interrupts) == 1;
    // The end of a terminal may be seen before its signal comes.
    if (!is_told && !(is_lost && atomic_load(&first_signal) == 0)) return 0;
    install(SIGHUP, SIG_IGN, 0);
    atomic_store(&interrupts, 0);
    atomic_store(&first_time, 0);
    atomic_store(&first_signal, 0);
    // It may have come just now.
    return !take_after_hangup();
}

int rescue_take_notices(void) { return atomic_exchange(&notices, 0); }

void rescue_use_own_stack(void) {
    static _Thread_local unsigned char stack[16384];
    stack_t own;
    // Somebody else's (the runtime's backtracer) serves as well.
    if (sigaltstack(NULL, &own) == 0 && !(own.ss_flags & SS_DISABLE)) return;
    memset(&own, 0, sizeof own);
    own.ss_sp = stack;
    own.ss_size = sizeof stack;
    sigaltstack(&own, NULL);
}

void rescue_give_back(void) { restore(); }

int rescue_arm(int descriptor, const struct termios *modes, const char *bytes, size_t count) {
    static atomic_int installed;
    if (count > sizeof reset_bytes) return E2BIG;
    atomic_store(&armed, 0);
    terminal = descriptor;
    terminal_modes = *modes;
    memcpy(reset_bytes, bytes, count);
    reset_count = count;
    rescue_use_own_stack();
    if (!atomic_exchange(&installed, 1)) {
        atexit(restore);
        int failed = watch_crashes();
        if (failed) return failed;
    }
    atomic_store(&armed, 1);
    return 0;
}

void rescue_disarm(void) { atomic_store(&armed, 0); }

void rescue_stop(void) {
    struct sigaction stop, before;
    memset(&stop, 0, sizeof stop);
    stop.sa_handler = SIG_DFL;
    if (sigaction(SIGTSTP, &stop, &before) != 0) return;
    atomic_fetch_and(&notices, ~RESCUE_NOTICE_CONTINUED);
    kill(0, SIGTSTP);
    // Another thread may take the signal a moment later. An orphaned process group never stops at all.
    for (int i = 0; i < 200 && !(atomic_load(&notices) & RESCUE_NOTICE_CONTINUED); i++) {
        struct timespec millisecond = {0, 1000000};
        nanosleep(&millisecond, NULL);
    }
    sigaction(SIGTSTP, &before, NULL);
}
