"""Archives that have the same bytes for the same files: sorted, of no one, of no time."""
import gzip
import io
import tarfile
import zipfile

# The earliest time that a zip file can state.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def tar_gz(path, files, level=9):
    """Writes `files` (name: (bytes, executable)) as a compressed tar file."""
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", level, raw, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            for name, (data, executable) in sorted(files.items()):
                entry = tarfile.TarInfo(name)
                entry.size, entry.mtime = len(data), 0
                entry.mode = 0o755 if executable else 0o644
                tar.addfile(entry, io.BytesIO(data))


def zipped(path, files, level=9):
    """Writes `files` (name: (bytes, executable)) as a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, (data, executable) in sorted(files.items()):
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            archive.writestr(entry, data)
