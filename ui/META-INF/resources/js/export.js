// Vedette in the browser: a chart as a picture, and what a page shows as code for the clipboard. Nothing leaves the page.
(() => {
    "use strict";

    const say = document.getElementById("words")?.dataset ?? {};
    const SVG = "http://www.w3.org/2000/svg";
    // What the stylesheet says of a drawing; the picture has no stylesheet.
    const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
        "vector-effect", "opacity", "display", "font-size", "font-weight", "text-anchor", "paint-order"];

    function painted(from, to) {
        const style = getComputedStyle(from);
        PAINT.forEach((name) => to.setAttribute(name, style.getPropertyValue(name)));
        [...from.children].forEach((child, i) => painted(child, to.children[i]));
    }

    function drawing(chart) {
        const box = chart.getBoundingClientRect();
        const page = getComputedStyle(document.documentElement);
        const whole = document.createElementNS(SVG, "svg");
        whole.setAttribute("xmlns", SVG);
        whole.setAttribute("width", box.width);
        whole.setAttribute("height", box.height);
        whole.setAttribute("font-family", "system-ui, sans-serif");
        whole.setAttribute("color", page.color);
        const ground = document.createElementNS(SVG, "rect");
        ground.setAttribute("width", "100%");
        ground.setAttribute("height", "100%");
        ground.setAttribute("fill", page.backgroundColor);
        const defs = document.createElementNS(SVG, "defs");
        document.querySelectorAll(".sprite pattern, .sprite g").forEach((one) => defs.append(one.cloneNode(true)));
        whole.append(defs, ground);
        chart.querySelectorAll(":scope > svg").forEach((part) => {
            const copy = part.cloneNode(true);
            painted(part, copy);
            const at = part.getBoundingClientRect();
            copy.setAttribute("x", at.left - box.left);
            copy.setAttribute("y", at.top - box.top);
            copy.setAttribute("width", at.width);
            copy.setAttribute("height", at.height);
            copy.setAttribute("overflow", "visible");
            whole.append(copy);
        });
        return whole;
    }

    function save(chart, name) {
        const svg = drawing(chart);
        const image = new Image();
        image.addEventListener("load", () => {
            const canvas = document.createElement("canvas");
            const scale = 2;
            canvas.width = Math.ceil(svg.getAttribute("width")) * scale;
            canvas.height = Math.ceil(svg.getAttribute("height")) * scale;
            const pen = canvas.getContext("2d");
            pen.scale(scale, scale);
            pen.drawImage(image, 0, 0);
            const link = document.createElement("a");
            link.href = canvas.toDataURL("image/png");
            link.download = `${name}.png`;
            link.click();
        });
        image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    }

    // A browser gives the clipboard to pages it trusts only; elsewhere the text is marked, ready to be copied by hand.
    function copy(button) {
        const code = button.closest(".head").nextElementSibling;
        const mark = () => {
            getSelection().selectAllChildren(code);
            button.textContent = say.marked;
        };
        if (!navigator.clipboard) {
            mark();
            return;
        }
        navigator.clipboard.writeText(code.textContent).then(() => {
            button.textContent = say.copied;
        }, mark);
    }

    document.addEventListener("click", (event) => {
        const picture = event.target.closest("[data-png]");
        if (picture) {
            const chart = picture.closest("section").querySelector(".chart");
            if (chart) {
                save(chart, picture.dataset.png);
            }
        }
        const button = event.target.closest("[data-copy]");
        if (button) {
            copy(button);
        }
    });

    function show() {
        document.querySelectorAll("[data-copy], [data-png]").forEach((one) => one.removeAttribute("hidden"));
    }

    document.addEventListener("htmx:afterSettle", show);
    show();
})();
