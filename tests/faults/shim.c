/* What a disk does to a program that this is loaded before (LD_PRELOAD): calls that fail from some call on, a
 * death in the middle of a call, and, beside the library, a folder that holds what a power cut would leave: each
 * file as it was when it was last synced. Only files of one folder are touched, and nothing before fault_arm(). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name); real; })

static char folder[PATH_MAX], kept[PATH_MAX], call[16];
static long left;
static int failure;

/* Arms the faults of this process: `call` fails with `error` from the `at`th time on, or kills where that is 0;
 * `beside` is the folder that keeps what was synced. Either may be empty. */
void fault_arm(const char *of, const char *beside, const char *which, long at, int error) {
    snprintf(kept, sizeof kept, "%s", beside);
    snprintf(call, sizeof call, "%s", which);
    left = at;
    failure = error;
    snprintf(folder, sizeof folder, "%s/", of);
}

static int ours(const char *path) { return *folder && path && !strncmp(path, folder, strlen(folder)); }

/* Whether this call is struck: -1 where it is to die, else the error that it gives, or 0. */
static int struck(const char *which, const char *path) {
    if (!ours(path) || strcmp(which, call) || __sync_sub_and_fetch(&left, 1) > 0) return 0;
    return failure ? failure : -1;
}

static const char *named(int file, char *path) {
    char link[64];
    if (!*folder) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return path;
}

static void die(void) { kill(getpid(), SIGKILL); pause(); }

static int fails(const char *which, const char *path) {
    int error = struck(which, path);
    if (error < 0) die();
    errno = error;
    return error;
}

static void beside(const char *path, char *to) { snprintf(to, PATH_MAX, "%s/%s", kept, path + strlen(folder)); }

static void keep(int file) {
    char path[PATH_MAX], to[PATH_MAX], part[PATH_MAX + 32], block[1 << 16];
    struct stat about;
    if (!*kept || !ours(named(file, path)) || fstat(file, &about) || !S_ISREG(about.st_mode)) return;
    beside(path, to);
    for (char *at = to + strlen(kept) + 1; (at = strchr(at, '/')); *at++ = '/') *at = 0, mkdir(to, 0700);
    snprintf(part, sizeof part, "%s.part-%d", to, gettid());
    int from = REAL(open64)(path, O_RDONLY), into = REAL(open64)(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (ssize_t some; (some = read(from, block, sizeof block)) > 0;)
        if (REAL(write)(into, block, some) != some) break;
    close(from), close(into);
    REAL(rename)(part, to);
}

ssize_t write(int file, const void *data, size_t size) {
    char path[PATH_MAX];
    int error = struck("write", named(file, path));
    if (error < 0) REAL(write)(file, data, size / 2), die();
    if (error) return errno = error, -1;
    return REAL(write)(file, data, size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    char path[PATH_MAX];
    int error = struck("write", named(file, path));
    if (error < 0) REAL(pwrite64)(file, data, size / 2, at), die();
    if (error) return errno = error, -1;
    return REAL(pwrite64)(file, data, size, at);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at) { return pwrite64(file, data, size, at); }

int fsync(int file) {
    char path[PATH_MAX];
    if (fails("sync", named(file, path))) return -1;
    int done = REAL(fsync)(file);
    keep(file);
    return done;
}

int fdatasync(int file) { return fsync(file); }

int rename(const char *from, const char *to) {
    char old[PATH_MAX], new[PATH_MAX];
    if (fails("rename", from)) return -1;
    int done = REAL(rename)(from, to);
    if (!done && *kept && ours(from) && ours(to)) beside(from, old), beside(to, new), REAL(rename)(old, new);
    return done;
}

int unlink(const char *path) {
    char old[PATH_MAX];
    if (fails("delete", path)) return -1;
    int done = REAL(unlink)(path);
    if (!done && *kept && ours(path)) beside(path, old), REAL(unlink)(old);
    return done;
}

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = va_arg(more, int);
    va_end(more);
    if (flags & (O_WRONLY | O_RDWR | O_CREAT) && fails("open", path)) return -1;
    return REAL(open64)(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    int mode = va_arg(more, int);
    va_end(more);
    return open64(path, flags, mode);
}
