"""Other processes of the machine, by their numbers."""

import os
import sys

if sys.platform == "win32":
    import ctypes

    SYNCHRONIZE = 0x100000
    WAIT_TIMEOUT = 0x102
    """As of the Windows API: the right to wait for a process, and that it has not ended."""

    def is_running(process: int) -> bool:
        """Whether there is such a process, and it is one's own."""
        # `os.kill` would send it Ctrl-C, or end it.
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        handle = kernel.OpenProcess(SYNCHRONIZE, False, process)
        if not handle:
            return False
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == WAIT_TIMEOUT)
        finally:
            kernel.CloseHandle(handle)

else:

    def is_running(process: int) -> bool:
        """Whether there is such a process, and it is one's own."""
        try:
            os.kill(process, 0)
        except OSError:
            return False
        return True
