// Vedette in the browser: how far the sending of a file is. Without it the form is sent all the same.
(() => {
    "use strict";

    function tell(form, share, words) {
        const place = form.querySelector("[data-progress]");
        const bar = place.querySelector("progress");
        const said = place.querySelector("[role=status]");
        place.hidden = false;
        if (share === null) {
            bar.removeAttribute("value");
        } else {
            bar.value = share;
        }
        if (said.textContent !== words) {
            said.textContent = words;
        }
    }

    const form = (event) => event.target.closest?.("form[data-upload]");

    document.addEventListener("htmx:beforeSend", (event) => {
        if (form(event)) {
            tell(form(event), 0, form(event).dataset.sending);
        }
    });

    // All of it sent, the service tries the model; how long that takes nobody knows beforehand.
    document.addEventListener("htmx:xhr:progress", (event) => {
        const one = form(event);
        if (one && event.detail.lengthComputable) {
            const share = Math.floor((100 * event.detail.loaded) / event.detail.total);
            tell(one, share < 100 ? share : null, share < 100 ? one.dataset.sending : one.dataset.trying);
        }
    });

    ["htmx:responseError", "htmx:sendError"].forEach((name) => document.addEventListener(name, (event) => {
        if (form(event)) {
            tell(form(event), 0, form(event).dataset.failed);
        }
    }));
})();
