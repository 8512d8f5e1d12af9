"""Takes from the process that decodes uploads what a decoder never needs: network, files to write, other programs, much memory.

What a hostile file could do to a decoder with a fault in it ends here: the kernel refuses the calls. Sources: seccomp(2),
prctl(2), setrlimit(2); the numbers of the calls are those of Linux's tables for each kind of processor.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterator

MEMORY_MB = 2600  # beside what the libraries map: the largest picture or scan takes 1,500, its copy as it is handed on 300
OPEN_FILES = 64
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
THREAD = 0x10000  # the flag of clone for a thread; without it, it is a process

# (architecture as the kernel names it, calls that are refused, clone, (call that opens, its argument with flags), kill,
# calls that libraries can do without and are told so). Refused are: sockets; programs, other processes and their memory;
# whatever changes files; what widens rights; io_uring, which goes round all this.
_X86 = (0xC000003E,
        (41, 42, 43, 49, 50, 53, 288, 57, 58, 59, 322, 101, 310, 311, 434, 438, 76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92,
         93, 94, 133, 188, 258, 259, 260, 263, 264, 265, 266, 268, 316, 452, 161, 165, 166, 169, 248, 249, 250, 272, 298, 308,
         319, 321, 323, 425, 426, 427), 56, ((2, 1), (257, 2)), (62, 200, 234), (435, 437))
_ARM = (0xC00000B7,
        (198, 199, 200, 201, 202, 203, 242, 221, 281, 117, 270, 271, 434, 438, 5, 33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55,
         276, 452, 39, 40, 51, 142, 217, 218, 219, 97, 241, 268, 279, 280, 282, 425, 426, 427), 220, ((56, 2),),
        (129, 130, 131), (435, 437))
_CALLS = {"x86_64": _X86, "aarch64": _ARM}


def confine() -> str:
    """Give up all that for the rest of this process's life; says what closes the network, "" where nothing could."""
    import resource

    for what, limit in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, OPEN_FILES)):
        _limit(what, limit)
    if sys.platform != "linux":
        return ""
    with open("/proc/self/statm") as file:
        _limit(resource.RLIMIT_AS, int(file.read().split()[0]) * resource.getpagesize() + MEMORY_MB * 2**20)
    libc = ctypes.CDLL(None, use_errno=True)
    own = libc.unshare(NEW_NETWORK) == 0 or libc.unshare(NEW_USER | NEW_NETWORK) == 0
    closed = _filter(libc)
    return " and ".join(["a network of its own"] * own + ["seccomp"] * closed)


def renew(seconds: float) -> None:
    """Let this process work for so many more seconds; the kernel ends it then, whatever it is in the middle of."""
    import resource
    import signal

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit(what: int, most: int) -> None:
    """Lower a limit for good; one that is lower already stays."""
    import resource

    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _filter(libc: ctypes.CDLL) -> bool:
    """Hand the kernel the list of refused calls; whether it took it."""
    calls = _CALLS.get(platform.machine())
    if calls is None or struct.calcsize("P") != 8:
        return False
    rules = [*_rules(*calls)]

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("rules", ctypes.c_char_p)]

    program = Program(len(rules), b"".join(struct.pack("HBBI", *rule) for rule in rules))
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0


Rule = tuple[int, int, int, int]  # code, steps where it holds, steps where not, number


def _rules(arch: int, refused: tuple[int, ...], clone: int, opens: tuple[tuple[int, int], ...], kills: tuple[int, ...],
           unknown: tuple[int, ...]) -> Iterator[Rule]:
    """The filter as the kernel's small machine reads it, one call after the other."""
    def load(at: int) -> Rule:
        return 0x20, 0, 0, at

    def argument(number: int) -> Rule:
        return load(16 + 8 * number)  # its lower half

    def say(what: int) -> Rule:
        return 0x06, 0, 0, what

    no, equal, any_bit, at_least = say(REFUSE | errno.EPERM), 0x15, 0x45, 0x35
    yield from (load(4), (equal, 1, 0, arch), no, load(0), (at_least, 0, 1, 0x40000000), no)
    for number in unknown:
        yield from ((equal, 0, 1, number), say(REFUSE | errno.ENOSYS))
    for number in refused:
        yield from ((equal, 0, 1, number), no)
    for number, flags in opens:
        yield from ((equal, 0, 4, number), argument(flags), (any_bit, 0, 1, WRITING), no, say(ALLOW))
    yield from ((equal, 0, 4, clone), argument(0), (any_bit, 1, 0, THREAD), no, say(ALLOW))
    for number in kills:  # a process may end itself, as it does when it finds its memory broken
        yield from ((equal, 0, 4, number), argument(0), (equal, 1, 0, os.getpid()), no, say(ALLOW))
    yield say(ALLOW)
