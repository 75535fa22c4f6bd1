/* A disk that misbehaves, for one process: preloaded, it stands before the calls of the C library
 * that write below the folder FAULTS_DIR and looks into the file FAULTS_SWITCH for what is wrong now:
 * "hang" (writes and flushes wait), "full" (writes fail, ENOSPC), "eio" (flushes fail, EIO), else
 * nothing. Built and used by faults.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static char fault(int fd) {
  static __thread char path[4096];
  char link[64];
  const char *dir = getenv("FAULTS_DIR"), *sw = getenv("FAULTS_SWITCH");
  int saved = errno;
  char state = 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n > 0 && dir && sw) {
    path[n] = 0;
    if (strncmp(path, dir, strlen(dir)) == 0) {
      int file = open(sw, O_RDONLY | O_CLOEXEC);
      if (file >= 0) {
        if (read(file, &state, 1) != 1) state = 0;
        close(file);
      }
    }
  }
  errno = saved;
  return state;
}

static int refuses(int fd) {
  char state;
  while ((state = fault(fd)) == 'h') usleep(20000);
  if (state == 'f') errno = ENOSPC;
  return state == 'f';
}

static int cannot_flush(int fd) {
  char state;
  while ((state = fault(fd)) == 'h') usleep(20000);
  if (state == 'e') errno = EIO;
  return state == 'e';
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *b, size_t n) { REAL(write); return refuses(fd) ? -1 : real(fd, b, n); }
ssize_t writev(int fd, const struct iovec *v, int n) { REAL(writev); return refuses(fd) ? -1 : real(fd, v, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) { REAL(pwrite); return refuses(fd) ? -1 : real(fd, b, n, at); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) { REAL(pwrite64); return refuses(fd) ? -1 : real(fd, b, n, at); }
ssize_t pwritev(int fd, const struct iovec *v, int n, off_t at) { REAL(pwritev); return refuses(fd) ? -1 : real(fd, v, n, at); }
ssize_t pwritev64(int fd, const struct iovec *v, int n, off64_t at) { REAL(pwritev64); return refuses(fd) ? -1 : real(fd, v, n, at); }
int fsync(int fd) { REAL(fsync); return cannot_flush(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return cannot_flush(fd) ? -1 : real(fd); }
