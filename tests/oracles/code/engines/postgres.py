"""PostgreSQL: a server of its own in a temporary folder, which ends with this process."""

import csv
import io
import glob
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import jobs

TYPES = {int: "integer", float: "double precision", str: "text"}
LARGEST = 2**31 - 1
# COPY quotes texts only where it must, so that a missing text needs a mark of its own.
MISSING = "\\N"
# Nothing here must survive a crash, and nothing listens on the network.
OPTIONS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
# Seconds for the server to start.
PATIENCE = 60


def program(name):
    """Debian installs the server's programs outside the path."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}")) or [shutil.which(name)]
    if found[-1] is None:
        raise jobs.Unavailable(f"`{name}` is not installed")
    return found[-1]


def unprivileged():
    """The start of a command: the server refuses to run as root, and must end with this process."""
    start = ["setpriv", "--pdeathsig", "QUIT"]
    if os.geteuid() != 0:
        return start
    user = pwd.getpwnam("postgres")
    return start + [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


class Server:
    """A running server."""

    def __init__(self, folder):
        self.folder = folder
        self.start = unprivileged()
        # The path of the socket has at most 107 bytes, so the folder is directly in /tmp.
        self.connection = ["psql", "-X", "-q", "-h", folder, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        self.process = None

    def __enter__(self):
        data = os.path.join(self.folder, "data")
        made = [program("initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        done = subprocess.run(self.start + made, capture_output=True, text=True, cwd=self.folder)
        if done.returncode != 0:
            raise jobs.Unavailable(f"initdb failed: {done.stderr}")
        command = self.start + [program("postgres"), "-D", data, "-k", self.folder]
        for option in OPTIONS:
            command += ["-c", option]
        self.log = open(os.path.join(self.folder, "log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, cwd=self.folder)
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait(self):
        """Waits until the server answers."""
        until = time.monotonic() + PATIENCE
        while self.psql("SELECT 1;").returncode != 0:
            if self.process.poll() is not None or time.monotonic() > until:
                self.log.seek(0)
                raise jobs.Unavailable(f"the server does not start: {self.log.read()}")
            time.sleep(0.05)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()
        self.log.close()

    def psql(self, text):
        """Runs a script of psql."""
        # As bytes: as texts, line ends within values would change.
        done = subprocess.run(self.connection, input=text.encode(), capture_output=True)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        return done


def script(job, answers):
    """Creates the table, and prints the result of the query as CSV."""

    def kind(name):
        kind = answers.kind(name)
        if kind is int and any(value is not None and abs(value) > LARGEST for value in answers.columns[name]):
            return "bigint"
        return TYPES[kind]

    columns = "".join(f", {jobs.name(name)} {kind(name)}" for name in answers.columns)
    test = jobs.test_query(job)
    tested = [] if test is None else [
        f"SELECT count(*) = 0 AS right FROM ({test}\n) AS test \\gset",
        "\\if :right",
        "\\else",
        "DO $$ BEGIN RAISE EXCEPTION 'the self-test returns rows'; END $$;",
        "\\endif",
    ]
    return "\n".join([
        "DROP TABLE IF EXISTS answers;",
        f"CREATE TABLE answers (respondent text{columns});",
        f"\\copy answers FROM '{os.path.abspath(job.answers)}' (FORMAT csv, HEADER)",
        *tested,
        f"COPY ({jobs.query(job)}\n) TO STDOUT (FORMAT csv, HEADER, NULL '{MISSING}');",
        "",
    ])


def one(server, job):
    answers = jobs.answers(job)
    done = server.psql(script(job, answers))
    if done.returncode != 0:
        raise jobs.Failed(done.stderr.strip())
    # It cuts names of more than 63 bytes, and only a notice says so.
    if "will be truncated" in done.stderr:
        raise jobs.Failed(done.stderr.strip())
    names, *rows = csv.reader(io.StringIO(done.stdout, newline=""))
    kinds = {column.own: column.kind for column in job.columns}
    kinds = [kinds.get(name, "word") for name in names]
    values = [[None if text == MISSING else jobs.parsed(kind, text) for kind, text in zip(kinds, row)] for row in rows]
    jobs.write_rows(job, answers.respondents, names, values)


def run(listed, failed):
    # Otherwise this process would end without stopping the server and removing the folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="scalewright-", dir="/tmp") as folder, Server(folder) as server:
        for job in listed:
            try:
                one(server, job)
            except Exception as error:
                failed(job, error)
