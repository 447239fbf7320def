"""Finding and fetching files: nothing half-written, nothing unchecked, every failure one sentence."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

import maeum
from maeum.data import fetch
from maeum.data.catalog import CorpusFile, corpus
from maeum.data.fetch import cache_folder, data_folders, download, locate, offline
from maeum.errors import DataError, OutputError
from maeum.messages import use_language

CONTENT = "id\tdocument\tlabel\n1\t재밌다\t1\n".encode() * 40_000
TRAIN = "nsmc/ratings_train.txt"


def short(content):
    return hashlib.sha256(content).hexdigest()[:12]


class Handler(BaseHTTPRequestHandler):
    """Answers by path: what the server's `answers` says, else 404."""

    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send_error(404)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    """A server on this machine; `answers[path] = (status, headers, body)`."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.answers, served.asked = {}, []
    served.url = f"http://127.0.0.1:{served.server_port}/"
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.fixture
def published(server, folders):
    """The description of a file that the server has."""

    def describe(answer=None, content=CONTENT, size=None):
        headers = {"Content-Length": str(len(content))}
        server.answers["/" + TRAIN] = answer or (200, headers, content)
        return CorpusFile(TRAIN, hashlib.sha256(CONTENT).hexdigest(), size or len(CONTENT), server.url + TRAIN)

    return describe


def left(folder: Path):
    """All files below a folder, hidden ones too."""
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


# Where files are looked for


def test_folders_in_their_order(monkeypatch):
    monkeypatch.setenv("MAEUM_DATA", "/somewhere")
    assert data_folders() == [Path("/somewhere"), cache_folder()]
    monkeypatch.setenv("MAEUM_DATA", "")
    assert data_folders() == [cache_folder()]
    monkeypatch.delenv("MAEUM_DATA")
    assert data_folders() == [cache_folder()]


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME is Linux's")
def test_the_cache_folder_is_the_users(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "maeum" / "data"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("true", True),
        ("YES", True),
        ("on", True),
        ("0", False),
        ("", False),
        ("off", False),
        ("no", False),
    ],
)
def test_offline_by_the_environment(monkeypatch, value, expected):
    monkeypatch.setenv("MAEUM_OFFLINE", value)
    assert offline() is expected
    monkeypatch.delenv("MAEUM_OFFLINE")
    assert offline() is False


def test_the_users_folder_goes_first(folders, put_corpus):
    own, cache = folders
    put_corpus("nsmc", {TRAIN: CONTENT})
    (cache / TRAIN).parent.mkdir(parents=True)
    (cache / TRAIN).write_bytes(CONTENT)
    assert locate(corpus("nsmc"), TRAIN) == own / TRAIN
    (own / TRAIN).unlink()
    assert locate(corpus("nsmc"), TRAIN) == cache / TRAIN


def test_a_file_of_the_package_needs_no_folder(folders):
    (file,) = corpus("sample").files
    assert locate(corpus("sample"), file.path) == fetch.ASSETS / file.path


def test_a_changed_file(folders, put_corpus, said):
    own, cache = folders
    put_corpus("nsmc", {TRAIN: CONTENT})
    changed = CONTENT + b"\n"
    for place in (own / TRAIN, cache / TRAIN):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(changed)
        assert said(lambda: maeum.dataset("nsmc")) == (
            (
                f"'{place}' is not the published file: expected sha256 {short(CONTENT)}…, found {short(changed)}…. "
                "Replace it, "
                "or, if you changed it on purpose, read it under another name as your own file."
            ),
            (
                f"'{place}'는 배포본과 다릅니다. sha256 {short(CONTENT)}…이어야 하나 {short(changed)}…입니다. "
                "배포본으로 바꾸거나, 일부러 "
                "고친 것이라면 다른 이름으로 두고 자기 파일로 읽으세요."
            ),
        )
        place.unlink()


def test_a_stand_in_is_said(tiny, listener):
    locate(corpus("nsmc-raw"), "nsmc/raw.parquet")
    use_language("ko")
    locate(corpus("nsmc-raw"), "nsmc/raw.parquet")
    assert listener.sentences == [
        "nsmc/raw.parquet is used in place of the upstream raw/<movie_id>.json.",
        "원본 raw/<movie_id>.json 대신 nsmc/raw.parquet를 씁니다.",
    ]


# What is missing


def test_a_missing_file_without_network(folders, monkeypatch, said):
    monkeypatch.setenv("MAEUM_OFFLINE", "1")
    place = folders[0] / TRAIN
    url = "https://raw.githubusercontent.com/e9t/nsmc/master/ratings_train.txt"
    assert said(lambda: maeum.dataset("nsmc")) == (
        (
            f"'nsmc' needs the file {TRAIN}, which is not on this machine, and the network is off. Put it at "
            f"'{place}' (from "
            f"{url}), or run without --offline."
        ),
        (
            f"'nsmc'에 필요한 파일 {TRAIN}가 이 컴퓨터에 없고 오프라인입니다. {url}에서 받아 '{place}'에 두거나 "
            "--offline 없이 실행하세요."
        ),
    )
    test = "nsmc/ratings_test.txt"
    assert f"needs the file {test}, which" in said(lambda: maeum.dataset("nsmc:test"))[0]
    monkeypatch.delenv("MAEUM_DATA")
    assert f"Put it at '{folders[1] / TRAIN}' (from" in said(lambda: maeum.dataset("nsmc"))[0]
    assert not folders[0].exists()
    assert not folders[1].exists()


def test_a_missing_file_that_cannot_be_downloaded(folders, said):
    place = folders[0] / "nsmc" / "raw.parquet"
    assert said(lambda: maeum.dataset("nsmc-raw")) == (
        (
            f"'nsmc-raw' needs the file nsmc/raw.parquet, which cannot be downloaded; if you have it, put it at "
            f"'{place}'. Or put the folder raw of https://github.com/e9t/nsmc (git clone) beside it, as nsmc/raw."
        ),
        (
            f"'nsmc-raw'에 필요한 파일 nsmc/raw.parquet는 내려받을 수 없습니다. 가지고 있다면 '{place}'에 두세요. 또는 "
            "https://github.com/e9t/nsmc의 raw 폴더를(git clone) 그 옆에 nsmc/raw로 두세요."
        ),
    )


# Downloading


def test_a_download(published, folders, server, listener):
    place = folders[1] / TRAIN
    assert download(published(), place) == place
    assert place.read_bytes() == CONTENT
    assert left(folders[1]) == [TRAIN]
    assert listener.started == [(f"Downloading {TRAIN}", len(CONTENT), "bytes")]
    assert (sum(listener.advanced), listener.stopped) == (len(CONTENT), 1)
    assert len(listener.advanced) >= 2


def test_a_corpus_is_downloaded_once(folders, put_corpus, server):
    content = "id\tdocument\tlabel\n1\t재밌다\t1\n2\t별로\t0\n".encode()
    put_corpus("nsmc", {TRAIN: content}, write=False, url=server.url)
    server.answers["/" + TRAIN] = (200, {"Content-Length": str(len(content))}, content)
    assert maeum.dataset("nsmc").texts == ["재밌다", "별로"]
    assert left(folders[1]) == [TRAIN]  # kept in the cache, not in the user's folder
    assert not folders[0].exists()
    assert maeum.dataset("nsmc").texts == ["재밌다", "별로"]
    assert server.asked == ["/" + TRAIN]


def test_a_download_that_moved(published, folders, server):
    file = published()
    server.answers["/moved"] = server.answers["/" + TRAIN]
    server.answers["/" + TRAIN] = (302, {"Location": "/moved", "Content-Length": "0"}, b"")
    assert download(file, folders[1] / TRAIN).read_bytes() == CONTENT


@pytest.mark.parametrize("sent", [CONTENT[:-1] + b"!", CONTENT[:100], b"", b"<html>login</html>"])
def test_other_content_than_published(published, folders, server, said, sent):
    file = published(content=sent)
    assert said(lambda: download(file, folders[1] / TRAIN)) == (
        (
            f"{file.url} sent something else than the published file: expected {len(CONTENT)} bytes with sha256 "
            f"{short(CONTENT)}…, got {len(sent)} bytes with {short(sent)}…; nothing was kept. Try again later."
        ),
        (
            f"{file.url}에서 받은 내용이 배포본과 다릅니다. {len(CONTENT)}바이트, sha256 {short(CONTENT)}…이어야 "
            f"하나 {len(sent)}바이트, "
            f"{short(sent)}…입니다. 아무것도 남기지 않았습니다. 나중에 다시 시도하세요."
        ),
    )
    assert left(folders[1]) == []


def test_more_than_published_is_not_read_to_its_end(published, folders, listener, monkeypatch):
    blocks = [b"x" * 1000] * 5
    taken = []

    def endless(request):
        def stream():
            for block in blocks * 1000:
                taken.append(len(block))
                yield block

        return httpx.Response(200, content=stream())

    transport = httpx.MockTransport(endless)
    monkeypatch.setattr(httpx, "stream", lambda *a, **k: httpx.Client(transport=transport).stream(*a, **k))
    monkeypatch.setattr(fetch, "CHUNK", 1000)
    file = CorpusFile(TRAIN, hashlib.sha256(b"x" * 2500).hexdigest(), 2500, "http://127.0.0.1/x")
    with pytest.raises(DataError) as caught:
        download(file, folders[1] / TRAIN)
    assert (caught.value.key, caught.value.values["received"]) == ("data.download_differs", 3000)
    assert caught.value.values["found"] == short(b"x" * 3000)
    assert (len(taken), listener.advanced) == (3, [1000, 1000])
    assert left(folders[1]) == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, "HTTP 404"),
        ((500, {"Content-Length": "0"}, b""), "HTTP 500"),
        ((403, {"Content-Length": "0"}, b""), "HTTP 403"),
        ((302, {"Location": "/" + TRAIN, "Content-Length": "0"}, b""), "Exceeded maximum allowed redirects"),
        (
            (200, {"Content-Length": "1000"}, b"cut off"),
            "peer closed connection without sending complete message body (received 7 bytes, expected 1000)",
        ),
    ],
)
def test_a_download_that_fails(published, folders, server, said, answer, reason):
    file = published()
    server.answers.clear()
    if answer:
        server.answers["/" + TRAIN] = answer
    place = folders[0] / TRAIN
    assert said(lambda: download(file, folders[1] / TRAIN)) == (
        f"Could not download {file.url} ({reason}). Check the connection, or put the file at '{place}'.",
        f"{file.url}를 내려받지 못했습니다({reason}). 연결을 확인하거나 파일을 '{place}'에 두세요.",
    )
    assert left(folders[1]) == []


def test_nobody_answers(published, folders, server, said, listener):
    file = published()
    server.shutdown()
    server.server_close()
    english, korean = said(lambda: download(file, folders[1] / TRAIN))
    assert english.startswith(f"Could not download {file.url} (")
    assert english.endswith(f"). Check the connection, or put the file at '{folders[0] / TRAIN}'.")
    assert os.strerror(errno.ECONNREFUSED) in english
    assert os.strerror(errno.ECONNREFUSED) in korean
    assert "\n" not in english
    assert (left(folders[1]), listener.started) == ([], [])


def test_an_interrupt_leaves_nothing(published, folders, listener, monkeypatch):
    monkeypatch.setattr(fetch, "CHUNK", 1000)

    def stop_at_the_third(_):
        if len(listener.advanced) == 2:
            raise KeyboardInterrupt
        listener.advanced.append(_)

    monkeypatch.setattr(listener, "start", lambda *_: stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        download(published(), folders[1] / TRAIN)
    assert listener.advanced == [1000, 1000]
    assert left(folders[1]) == []
    assert listener.stopped == 1


class Full:
    """A file on a disk that is full after some bytes."""

    def __init__(self, inner, room):
        self.inner, self.room = inner, room

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.inner.close()

    def write(self, block):
        self.room -= len(block)
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.inner.write(block)


def test_a_full_disk_leaves_nothing(published, folders, said, monkeypatch):
    plain = Path.open

    def cramped(self, mode="r", *rest, **named):
        stream = plain(self, mode, *rest, **named)
        return Full(stream, 1500) if "w" in mode else stream

    monkeypatch.setattr(Path, "open", cramped)
    file, place = published(), folders[1] / TRAIN
    reason = os.strerror(errno.ENOSPC)
    assert said(lambda: download(file, place)) == (
        (
            f"The download cannot be kept at '{place}' ({reason}). Free some space there, or put the file from "
            f"{file.url} as "
            f"{TRAIN} into a folder that the variable MAEUM_DATA names."
        ),
        (
            f"내려받은 파일을 '{place}'에 둘 수 없습니다({reason}). 공간을 비우거나 {file.url}에서 받은 파일을 환경 "
            "변수 MAEUM_DATA가 "
            f"가리키는 폴더에 {TRAIN}로 두세요."
        ),
    )
    assert left(folders[1]) == []


def test_a_cache_that_cannot_be_written(published, folders):
    folders[1].parent.mkdir(parents=True, exist_ok=True)
    folders[1].write_text("a file where the folder should be")
    with pytest.raises(OutputError) as caught:
        download(published(), folders[1] / TRAIN)
    assert caught.value.key == "data.cannot_keep"
    assert folders[1].read_text() == "a file where the folder should be"


def test_an_older_file_stays_until_the_new_one_is_whole(published, folders):
    place = folders[1] / TRAIN
    place.parent.mkdir(parents=True)
    place.write_bytes(b"old")
    with pytest.raises(DataError):
        download(published(content=b"wrong"), place)
    assert place.read_bytes() == b"old"
    assert download(published(), place).read_bytes() == CONTENT
