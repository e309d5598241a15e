"""The external engines' protocol (docs/external-engines.md) over Salesforce Merlion.

Standard library only, besides Merlion itself. Keeps nothing of a series between requests but a cache
of trained models; what a model must remember travels as the opaque `state` of an answer.
"""

import base64
import hashlib
import hmac
import json
import logging
import os
import signal
import struct
import threading
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pandas as pd
from merlion.models.anomaly.isolation_forest import IsolationForest, IsolationForestConfig
from merlion.models.anomaly.spectral_residual import SpectralResidual, SpectralResidualConfig
from merlion.models.anomaly.windstats import WindStats, WindStatsConfig
from merlion.models.anomaly.zms import ZMS, ZMSConfig
from merlion.utils import TimeSeries

PROTOCOL = 1
DETECTORS = {
    "zms": (ZMS, ZMSConfig),
    "isolation-forest": (IsolationForest, IsolationForestConfig),
    "spectral-residual": (SpectralResidual, SpectralResidualConfig),
    "wind-stats": (WindStats, WindStatsConfig),
}
MOST_BODY_BYTES = 16 << 20
MOST_POINTS = 50_000
MOST_STATE_BYTES = 65_536

# Points a model needs before it has an opinion, points it is trained on, and points between trainings.
LEAST_TRAIN = 64
MOST_TRAIN = 1_024
RETRAIN_AFTER = 256
CACHED_MODELS = 512

log = logging.getLogger("merlion-server")


class Refused(Exception):
    """A request that cannot be answered: the caller's fault."""


class Models:
    """Trained models of one kind, the latest used kept. Training is a function of the points alone."""

    def __init__(self, name):
        self.name = name
        self.model_class, self.config_class = DETECTORS[name]
        self.cache = OrderedDict()
        self.lock = threading.Lock()

    def trained(self, times, values):
        key = hashlib.sha256(times.tobytes() + values.tobytes()).digest()
        with self.lock:
            if key in self.cache:
                self.cache.move_to_end(key)
                return self.cache[key]
        model = self.model_class(self.config_class(enable_calibrator=True))
        model.train(series(times, values))
        with self.lock:
            self.cache[key] = model
            while len(self.cache) > CACHED_MODELS:
                self.cache.popitem(last=False)
        return model

    def sigmas(self, model, times, values, times_before, values_before):
        """Merlion's calibrated scores: standard deviations of a normal law, by its own calibrator."""
        raw = model.get_anomaly_score(series(times, values), series(times_before, values_before))
        if model.calibrator is not None:
            raw = model.calibrator(raw)
        frame = raw.to_pd().iloc[:, 0]
        found = dict(zip(frame.index.astype("int64") // frame_unit(frame.index), frame.to_numpy(dtype=float)))
        return [clean(found.get(int(t))) for t in times]


def frame_unit(index):
    """How many of the index' units are a millisecond; pandas counts in several."""
    return {"ns": 1_000_000, "us": 1_000, "ms": 1, "s": 1}[index.unit]


def clean(number):
    return None if number is None or not np.isfinite(number) else float(number)


def series(times, values):
    index = pd.DatetimeIndex(times.astype("datetime64[ms]").astype("datetime64[ns]"))
    return TimeSeries.from_pd(pd.DataFrame({"value": values}, index=index))


def is_constant(values):
    return np.ptp(values) == 0


def columns(request):
    """Times and values of a request, gaps left out, and where the gaps are."""
    if request.get("protocol") != PROTOCOL:
        raise Refused(f"protocol must be {PROTOCOL}")
    times, values = request.get("times"), request.get("values")
    if not isinstance(times, list) or not isinstance(values, list) or len(times) != len(values):
        raise Refused("times and values must be arrays of one length")
    if not 1 <= len(times) <= MOST_POINTS:
        raise Refused(f"1 to {MOST_POINTS} points may be sent, there are {len(times)}")
    if not all(type(t) is int for t in times) or any(a >= b for a, b in zip(times, times[1:])):
        raise Refused("times must be milliseconds, strictly increasing")
    if not all(v is None or type(v) in (int, float) for v in values):
        raise Refused("values must be numbers, or null for a gap")
    kept = [i for i, v in enumerate(values) if v is not None]
    t = np.array([times[i] for i in kept], dtype=np.int64)
    v = np.array([values[i] for i in kept], dtype=np.float64)
    return t, v, kept, len(values)


def detect(models, request):
    """Scores a series in stretches, each by a model that was trained on points before it only."""
    times, values, kept, size = columns(request)
    scores = [None] * size
    start = max(LEAST_TRAIN, min(MOST_TRAIN, len(values) // 4))
    while start < len(values):
        end = min(len(values), start + max(RETRAIN_AFTER, start))
        first = max(0, start - MOST_TRAIN)
        if not is_constant(values[first:start]):
            model = models.trained(times[first:start], values[first:start])
            found = models.sigmas(
                model, times[start:end], values[start:end], times[first:start], values[first:start]
            )
            for i, sigma in zip(kept[start:end], found):
                scores[i] = sigma
        start = end
    return {"protocol": PROTOCOL, "scores": scores}


def pack(trained, times, values):
    return base64.b64encode(
        struct.pack("<II", trained, len(times)) + times.tobytes() + values.tobytes()
    ).decode()


def unpack(text):
    if text is None:
        return 0, np.empty(0, np.int64), np.empty(0)
    try:
        raw = base64.b64decode(text, validate=True)
        trained, n = struct.unpack_from("<II", raw)
        if len(raw) > MOST_STATE_BYTES or len(raw) != 8 + 16 * n or trained > n:
            raise Refused("state is not one of this server's")
        times = np.frombuffer(raw, np.int64, n, 8)
        return trained, times, np.frombuffer(raw, np.float64, n, 8 + 8 * n)
    except (ValueError, TypeError, struct.error) as e:
        raise Refused("state is not one of this server's") from e


def update(models, request):
    """Scores new points; the state is the last points, and how many of them the model was trained on."""
    new_times, new_values, kept, size = columns(request)
    trained, times, values = unpack(request.get("state"))
    if len(times) and len(new_times) and new_times[0] <= times[-1]:
        raise Refused("the points must come after those of the state")
    scores = [None] * size
    due = len(times) >= LEAST_TRAIN and (trained == 0 or len(times) - trained >= RETRAIN_AFTER)
    if due:
        times, values = times[-MOST_TRAIN:], values[-MOST_TRAIN:]
        trained = len(times)
    if trained and len(new_times) and not is_constant(values[:trained]):
        model = models.trained(times[:trained], values[:trained])
        for i, sigma in zip(kept, models.sigmas(model, new_times, new_values, times, values)):
            scores[i] = sigma
    times, values = np.concatenate([times, new_times]), np.concatenate([values, new_values])
    most = MOST_TRAIN + 2 * RETRAIN_AFTER
    if len(times) > most:
        trained = 0
        times, values = times[-most:], values[-most:]
    return {"protocol": PROTOCOL, "scores": scores, "state": pack(trained, times, values)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    ROUTES = {"/v1/detect": detect, "/v1/update": update}

    def do_GET(self):
        if self.path != "/v1/health":
            return self.problem(404, "there is no such path")
        self.answer(200, {"protocol": PROTOCOL, "status": "ready", "detector": self.server.models.name})

    def do_POST(self):
        route = self.ROUTES.get(self.path)
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BODY_BYTES:
            self.close_connection = True
            return self.problem(413, f"a body of at most {MOST_BODY_BYTES} bytes must state its length")
        body = self.rfile.read(int(length))
        if route is None:
            return self.problem(404, "there is no such path")
        token = self.server.token
        sent = self.headers.get("Authorization", "")
        if token and not hmac.compare_digest(sent.encode(), f"Bearer {token}".encode()):
            return self.problem(401, "a bearer token is needed")
        if not self.server.slots.acquire(blocking=False):
            return self.problem(503, "as many requests as allowed are under way", {"Retry-After": "1"})
        try:
            self.answer(200, route(self.server.models, json.loads(body)))
        except (Refused, json.JSONDecodeError, UnicodeDecodeError, AttributeError) as e:
            self.problem(422, str(e))
        except Exception:  # noqa: BLE001 - a model may fail in many ways; the caller has a fallback
            log.exception("request failed path=%s", self.path)
            self.problem(500, "the model failed")
        finally:
            self.server.slots.release()

    def problem(self, status, detail, headers=None):
        self.answer(status, {"status": status, "detail": detail}, headers, "application/problem+json")

    def answer(self, status, body, headers=None, kind="application/json"):
        data = json.dumps(body, allow_nan=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format, *args):
        log.debug(format, *args)


def warm_up(models):
    """One training, so that the first request does not pay for imports and compilation."""
    times = np.arange(256, dtype=np.int64) * 60_000
    values = np.sin(np.arange(256) / 10.0)
    model = models.trained(times[:128], values[:128])
    models.sigmas(model, times[128:], values[128:], times[:128], values[:128])


def main():
    logging.basicConfig(level=os.environ.get("MERLION_LOG_LEVEL", "INFO"), format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("merlion").setLevel("ERROR")
    name = os.environ.get("MERLION_DETECTOR", "zms")
    if name not in DETECTORS:
        raise SystemExit(f"MERLION_DETECTOR must be one of {', '.join(DETECTORS)}, is {name!r}")
    models = Models(name)
    warm_up(models)
    address = (os.environ.get("MERLION_HOST", "127.0.0.1"), int(os.environ.get("MERLION_PORT", "8090")))
    server = ThreadingHTTPServer(address, Handler)
    server.daemon_threads = True
    server.models = models
    server.token = os.environ.get("MERLION_TOKEN", "")
    server.slots = threading.BoundedSemaphore(int(os.environ.get("MERLION_CONCURRENCY", "4")))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    log.info("ready detector=%s address=%s:%d", name, *server.server_address[:2])
    server.serve_forever()


if __name__ == "__main__":
    main()
