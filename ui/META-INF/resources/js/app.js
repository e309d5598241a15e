// Vedette in the browser: keys, theme, time zone, the lanes' cursor, live updates. Pages work without it.
(() => {
    "use strict";

    const YEAR = 60 * 60 * 24 * 365;
    const root = document.documentElement;

    const say = document.getElementById("words")?.dataset ?? {};
    const locale = root.lang === "en" ? "en-GB" : root.lang;

    // "%1" and "%2" stand for what comes after the text.
    function fill(text, ...values) {
        return values.reduce((filled, value, i) => filled.replace(`%${i + 1}`, () => value), text ?? "");
    }

    function remember(name, value) {
        const secure = location.protocol === "https:" ? "; Secure" : "";
        document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    }

    function recall(name) {
        const pair = document.cookie.split("; ").find((c) => c.startsWith(`${name}=`));
        return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
    }

    // ---- theme: the server draws it from the cookie, the switch shows at once

    function dark() {
        return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    }

    document.addEventListener("submit", (event) => {
        if (event.submitter?.matches("[data-theme-switch]")) {
            event.preventDefault();
            root.dataset.theme = dark() ? "light" : "dark";
            remember("theme", root.dataset.theme);
        }
    });

    // ---- time zone: only the browser knows that of the device

    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;

    function offerZone() {
        document.querySelectorAll("[data-zone-mine]").forEach((button) => {
            button.value = mine ?? "";
            button.hidden = !mine || mine === "UTC";
            button.title = mine ?? "";
        });
    }

    // ---- width: a phone gets fewer, wider cells; the server bins for it

    const narrow = matchMedia("(max-width: 640px)");

    function tellWidth() {
        const width = narrow.matches ? "narrow" : "wide";
        if (width !== (recall("width") || "wide")) {
            remember("width", width);
            refresh();
        }
    }

    // ---- live: one event stream, at most one refresh in five seconds, none while something is being used

    let stale = false;
    let timer = 0;
    let lastData = Date.now();

    function busy() {
        return document.hidden || at.since >= 0
            || document.querySelector("dialog[open], details[open], form[data-touched]")
            || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    }

    document.addEventListener("input", (event) => event.target.form?.setAttribute("data-touched", ""));

    function refresh() {
        if (window.htmx && document.getElementById("page")) {
            window.htmx.trigger("#page", "live");
        }
    }

    function later() {
        stale = true;
        if (timer) {
            return;
        }
        timer = setTimeout(() => {
            timer = 0;
            if (stale && !busy()) {
                stale = false;
                refresh();
            } else if (stale) {
                later();
            }
        }, 5000);
    }

    function show(text, on) {
        const live = document.getElementById("live");
        if (live) {
            live.classList.toggle("on", on);
            const state = live.querySelector(".state");
            if (state.textContent !== text) {
                state.textContent = text;
            }
        }
    }

    function listen() {
        if (document.getElementById("page")?.dataset.live !== "true") {
            return;
        }
        const events = new EventSource("/live");
        events.addEventListener("changed", () => {
            lastData = Date.now();
            later();
        });
        events.addEventListener("open", () => show(say.live, true));
        events.addEventListener("error", () => {
            show(say.reconnecting, false);
            // a refusal, as of a service that stops, ends it for good
            if (events.readyState === EventSource.CLOSED) {
                setTimeout(listen, 5000);
            }
        });
        addEventListener("pagehide", () => events.close());
    }

    setInterval(() => {
        if (document.getElementById("live")?.classList.contains("on")) {
            const seconds = Math.round((Date.now() - lastData) / 1000);
            show(seconds < 3 ? say.live : fill(say.liveAgo, seconds), true);
        }
    }, 1000);

    // ---- lanes: one tab stop, a cursor moved by arrows, pointer or finger, read out in one fixed place

    const SVG = "http://www.w3.org/2000/svg";
    const at = { row: -1, column: -1, since: -1 };

    function words(score) {
        return score >= 85 ? say.critical : score >= 60 ? say.warning : score >= 45 ? say.noted : say.quiet;
    }

    function clock(millis) {
        const timeZone = say.zone;
        return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(millis);
    }

    function lanesOf(body) {
        return [...body.querySelectorAll(".lane[data-name]")];
    }

    // Brushing keeps the cell it began at; anything else forgets it.
    function point(row, column, brushing = false) {
        const body = document.querySelector(".lanes-body");
        if (!body) {
            return;
        }
        const lanes = lanesOf(body);
        const columns = Number(body.dataset.columns);
        at.since = brushing ? (at.since < 0 ? at.column : at.since) : -1;
        at.row = Math.min(Math.max(row, 0), lanes.length - 1);
        at.column = Math.min(Math.max(column, 0), columns - 1);
        const cells = lanes[at.row].querySelector(".cells");
        body.querySelector(".cursor, .brush")?.remove();
        const frame = document.createElementNS(SVG, "rect");
        const first = at.since < 0 ? at.column : Math.min(at.since, at.column);
        const count = at.since < 0 ? 1 : Math.abs(at.since - at.column) + 1;
        frame.setAttribute("class", count > 1 ? "brush" : "cursor");
        frame.setAttribute("x", `${(first * 100) / columns}%`);
        frame.setAttribute("width", `${(count * 100) / columns}%`);
        frame.setAttribute("height", "100%");
        cells.append(frame);
        if (count > 1) {
            offer(body, first, count);
        } else {
            tell(body, lanes[at.row], cells.dataset.scores.split(" ")[at.column]);
        }
    }

    // What was brushed leads to what moved then.
    function offer(body, first, count) {
        const readout = document.querySelector("[data-readout]");
        const step = Number(body.dataset.step);
        const from = Number(body.dataset.from) + first * step;
        const to = from + count * step;
        const link = document.createElement("a");
        link.href = `/moved?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
        link.textContent = say.whatMoved;
        readout.replaceChildren(`${clock(from)}\u2013${clock(to)}: `, link);
    }

    function tell(body, lane, score) {
        const readout = document.querySelector("[data-readout]");
        const step = Number(body.dataset.step);
        const from = Number(body.dataset.from) + at.column * step;
        const when = `${clock(from)}\u2013${clock(from + step)}`;
        const number = (Number(score) / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
        const what = score === "-" ? say.noData : fill(say.score, number, words(Number(score)));
        const name = document.createElement("b");
        name.textContent = lane.dataset.name;
        readout.replaceChildren(name, `, ${when}: ${what}`);
        if (lane.dataset.href && !narrow.matches) {
            const key = document.createElement("kbd");
            key.textContent = "Enter";
            readout.append("\u2002", key, ` ${say.opens}`);
        }
    }

    function laneKey(event) {
        const body = event.target.closest(".lanes-body");
        if (!body || event.altKey || event.ctrlKey || event.metaKey) {
            return false;
        }
        const brushed = at.since >= 0 && document.querySelector("[data-readout] a");
        if (brushed && event.key === "Enter") {
            brushed.click();
            return true;
        }
        if (at.since >= 0 && event.key === "Escape") {
            point(at.row, at.column);
            return true;
        }
        const last = Number(body.dataset.columns) - 1;
        const row = Math.max(at.row, 0);
        const column = at.column < 0 ? last : at.column;
        const moves = {
            ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1], ArrowUp: [row - 1, column],
            ArrowDown: [row + 1, column], Home: [row, 0], End: [row, last],
            PageUp: [row - 10, column], PageDown: [row + 10, column],
        };
        if (moves[event.key]) {
            point(...moves[event.key], event.shiftKey);
            return true;
        }
        const href = event.key === "Enter" && at.row >= 0 ? lanesOf(body)[at.row].dataset.href : "";
        if (href) {
            location.assign(href);
        }
        return Boolean(href);
    }

    function pointerOnLanes(event) {
        const cells = event.target.closest?.(".lanes-body .lane[data-name] .cells");
        if (cells) {
            const body = cells.closest(".lanes-body");
            const box = cells.getBoundingClientRect();
            const column = Math.floor(((event.clientX - box.left) / box.width) * Number(body.dataset.columns));
            const drags = event.type === "pointermove" && event.buttons === 1;
            if (!drags && at.since >= 0 && event.type === "pointermove") {
                return;
            }
            point(lanesOf(body).indexOf(cells.closest(".lane")), column, drags);
        }
    }

    document.addEventListener("pointermove", pointerOnLanes);
    document.addEventListener("pointerdown", pointerOnLanes);
    document.addEventListener("focusin", (event) => {
        if (event.target.matches(".lanes-body")) {
            const last = Number(event.target.dataset.columns) - 1;
            point(Math.max(at.row, 0), at.column < 0 ? last : at.column, at.since >= 0);
        }
    });
    document.addEventListener("click", (event) => {
        const cells = event.target.closest(".lanes-body .lane[data-href] .cells");
        if (cells && !narrow.matches && at.since < 0) {
            location.assign(cells.closest(".lane").dataset.href);
        }
    });

    // ---- watch strip: a click moves the window there

    document.addEventListener("click", (event) => {
        const week = event.target.closest(".week");
        if (!week) {
            return;
        }
        const box = week.getBoundingClientRect();
        const from = Number(week.dataset.from);
        const to = Number(week.dataset.to);
        const middle = from + ((event.clientX - box.left) / box.width) * (to - from);
        const end = Math.min(to, middle + Number(week.dataset.window) / 2);
        const url = new URL(location.href);
        url.searchParams.delete("end");
        if (end < to - 60000) {
            url.searchParams.set("end", new Date(Math.round(end / 60000) * 60000).toISOString());
        }
        location.assign(url);
    });

    // ---- keys

    let before = "";

    function rows(step) {
        const all = [...document.querySelectorAll("[data-row]")];
        const next = all.indexOf(document.activeElement) + step;
        all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
    }

    function wider(step) {
        const choices = [...document.querySelectorAll(".watch .menu a:not([data-key])")];
        const now = choices.findIndex((a) => a.hasAttribute("aria-current"));
        choices[now + step]?.click();
    }

    function press(key) {
        document.querySelector(`[data-key="${key}"]`)?.click();
    }

    const actions = {
        "/": () => document.querySelector(".jump input")?.focus(),
        "?": () => document.getElementById("keys")?.showModal(),
        j: () => rows(1),
        k: () => rows(-1),
        t: () => press("t"),
        "[": () => press("["),
        "]": () => press("]"),
        ".": () => press("."),
        "-": () => wider(1),
        "+": () => wider(-1),
        gw: () => location.assign("/"),
        gi: () => location.assign("/incidents"),
        ge: () => location.assign("/explore"),
        a: () => press("a"),
        u: () => press("u"),
        c: () => press("c"),
        e: () => press("e"),
        f: () => press("f"),
        l: () => press("l"),
        n: () => press("n"),
        y: () => {
            document.querySelector("[data-code]")?.setAttribute("open", "");
            document.querySelector("[data-copy]")?.click();
        },
    };

    document.addEventListener("keydown", (event) => {
        if (laneKey(event)) {
            event.preventDefault();
            return;
        }
        const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
        if (event.key === "Escape" && typing) {
            event.target.blur();
        }
        if (typing || event.ctrlKey || event.metaKey || event.altKey || recall("keys") === "off") {
            return;
        }
        const action = actions[before + event.key] ?? actions[event.key];
        before = event.key === "g" ? "g" : "";
        if (action && !document.querySelector("dialog[open]")) {
            event.preventDefault();
            action();
        }
    });

    function label(button) {
        button.textContent = recall("keys") === "off" ? say.keysOn : say.keysOff;
    }

    document.addEventListener("click", (event) => {
        const table = event.target.closest("[data-key=t]");
        if (table) {
            remember("table", new URL(table.href).searchParams.get("table"));
        }
        if (event.target.closest("[data-open-keys]")) {
            document.getElementById("keys").showModal();
        }
        const off = event.target.closest("[data-keys-off]");
        if (off) {
            remember("keys", recall("keys") === "off" ? "on" : "off");
            label(off);
        }
    });

    // ---- a live update that comes while something is being used waits for the next

    document.addEventListener("htmx:beforeSwap", (event) => {
        if (event.detail.requestConfig?.elt?.id === "page" && busy()) {
            event.detail.shouldSwap = false;
            later();
        }
    });

    // ---- a partial update that was led to the door leads the whole page there

    document.addEventListener("htmx:beforeSwap", (event) => {
        if (event.detail.xhr.responseURL.includes("/sign-in")) {
            event.detail.shouldSwap = false;
            location.reload();
        }
    });

    // ---- after each partial update the cursor stands where it stood

    document.addEventListener("htmx:afterSettle", () => {
        if (at.row >= 0) {
            point(at.row, at.column, at.since >= 0);
        }
        lastData = Date.now();
    });

    offerZone();
    document.addEventListener("htmx:afterSettle", offerZone);
    document.querySelectorAll("[data-open-keys]").forEach((b) => b.removeAttribute("hidden"));
    document.querySelectorAll("[data-keys-off]").forEach(label);
    narrow.addEventListener("change", tellWidth);
    addEventListener("load", tellWidth);
    listen();
})();
