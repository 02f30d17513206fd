"""What the kernel keeps from processes of the same user."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has these")


@pytest.mark.parametrize(
    ("hidden", "confined", "said"),
    [("", "", "seen"), ("linux.hide()", "", "Permission denied"), ("", "linux.confine()", "Permission denied")],
)
def test_the_environment_of_another_process(hidden: str, confined: str, said: str) -> None:
    code = f"""
        import os
        from runtime import linux
        if os.getuid() == 0:  # who may look into everything
            os.setgid(65534)
            os.setuid(65534)
        linux._prctl(linux.PR_SET_DUMPABLE, 1)  # as after the start of a program
        {hidden}
        if os.fork() == 0:
            {confined or "pass"}
            try:
                with open(f"/proc/{{os.getppid()}}/environ") as file:
                    print("seen" if file.read() else "nothing", flush=True)
            except OSError as error:
                print(error, flush=True)
            os._exit(0)
        os.wait()
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    if confined and "seen" in done.stdout:
        pytest.skip("this kernel has no Landlock")
    assert said in done.stdout


def test_a_confined_process_sends_no_signal_to_one_outside() -> None:
    code = """
        import os
        from runtime import linux
        if os.fork() == 0:
            linux.confine()
            try:
                os.kill(os.getppid(), 0)
            except OSError as error:
                print(error, flush=True)
            os._exit(0)
        os.wait()
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    if not done.stdout:
        pytest.skip("this kernel's Landlock knows no signals")
    assert "not permitted" in done.stdout


def test_a_confined_process_may_do_with_its_files_what_it_could_before(tmp_path: Path) -> None:
    code = f"""
        import os
        from runtime import linux
        os.chdir({str(tmp_path)!r})
        os.mkdir("a")
        os.mkdir("b")
        open("a/file", "w").close()
        linux.confine()
        os.link("a/file", "b/link")
        os.rename("a/file", "b/file")
        print(sorted(os.listdir("b")))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['file', 'link']"


@pytest.mark.skipif(os.confstr_names.get("CS_GNU_LIBC_VERSION") is None, reason="another C library keeps other things")
def test_freed_memory_is_given_back() -> None:
    code = """
        import ctypes
        from pathlib import Path
        from runtime import linux
        c = ctypes.CDLL(None)
        c.malloc.restype, c.malloc.argtypes, c.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
        resident = lambda: int(Path("/proc/self/statm").read_text().split()[1]) >> 8  # MiB, of pages of 4 KiB
        pieces = [c.malloc(64 << 10) for _ in range(1024)]
        for each in pieces:
            ctypes.memset(each, 1, 64 << 10)
        for each in pieces[:-1]:  # the last keeps the heap as large as it is
            c.free(each)
        kept = resident()
        linux.give_memory_back()
        print(kept - resident())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 50
