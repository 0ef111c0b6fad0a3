// One plot, drawn in place as long as its place on the page exists. Streamlit calls the default export for every
// update; the node and what a visitor did to it (zoom, camera, selection) stay.

const WAIT_AFTER_WHEEL = 400; // ms without a turn of the wheel until updates go on
const WAIT_AFTER_POINTER = 60; // ms, for plotly's own handling of a click
const STILL = 5; // pixels: who moved more was dragging, not clicking
const LONGEST_SELECTION = 20100;
const CLEAR = "rgba(0,0,0,0)";
const NEWLINE = 10; // ends a payload's first line, needed at once; the second is the figure
const TEXT = new TextDecoder();

const plots = new WeakMap();
let library = null;

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  let plot = plots.get(parentElement);
  if (!plot) plots.set(parentElement, (plot = new Plot(parentElement)));
  plot.send = (value) => setTriggerValue("selected", value);
  plot.tell = (value) => setStateValue("seen", value);
  plot.offer(data);
  // Streamlit also cleans up after superseded renders: look whether the place is really gone.
  return () => setTimeout(() => parentElement.isConnected || plot.close(parentElement), 0);
}

function loadLibrary(version) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  library ??= new Promise((resolve, reject) => {
    // Relative to the page: the app may live below any path of a proxy.
    const url = new URL("vendor/plotly.min.js", document.baseURI);
    url.searchParams.set("v", version);
    const script = element("script", { src: url.href });
    const fail = () => {
      library = null;
      script.remove();
      reject(new Error(`The drawing library could not be loaded from ${url.pathname}. Is the server still running?`));
    };
    script.onerror = fail;
    // A server without the file may answer with its start page.
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : fail());
    document.head.append(script);
  });
  return library;
}

class Plot {
  constructor(parent) {
    this.bytes = null; // the latest, drawn or not
    this.pending = false;
    this.busy = false;
    this.view = 0; // counts how often the view was reset
    this.serial = 0;
    this.pointer = { down: false, travel: 0, x: 0, y: 0, points: null };
    this.wheelUntil = 0;
    this.build(parent);
    this.stop = new AbortController();
    this.listen();
  }

  build(parent) {
    this.node = element("div", { className: "live-plot-picture" });
    this.node.setAttribute("role", "img");
    this.message = element("div", { className: "live-plot-message", hidden: true });
    this.message.setAttribute("role", "status");
    this.words = element("figcaption", { className: "live-plot-words" });
    this.tools = element("div", { className: "live-plot-tools" });
    this.tools.setAttribute("role", "toolbar");
    this.tools.setAttribute("aria-label", "Picture");
    this.tools.append(
      button("PNG", "Download this picture as PNG", (tool) => this.download("png", tool)),
      button("SVG", "Download this picture as SVG", (tool) => this.download("svg", tool)),
      button("Reset", "Reset the view of this picture", () => this.resetView()),
    );
    this.frame = element("figure", { className: "live-plot" });
    this.frame.append(this.node, this.words, this.message, this.tools);
    parent.append(this.frame);
  }

  listen() {
    const { signal } = this.stop;
    const on = (target, name, act) => target.addEventListener(name, act, { signal, capture: true, passive: true });
    on(this.node, "pointerdown", (event) => {
      this.pointer = { down: true, travel: 0, x: event.clientX, y: event.clientY, points: null };
    });
    on(window, "pointermove", (event) => this.follow(event));
    for (const name of ["pointerup", "pointercancel", "blur"]) on(window, name, () => this.release());
    on(this.node, "wheel", () => {
      this.wheelUntil = performance.now() + WAIT_AFTER_WHEEL;
      this.later(WAIT_AFTER_WHEEL);
    });
    on(document, "visibilitychange", () => this.schedule());
    this.sight = new IntersectionObserver(
      (entries) => {
        this.visible = entries.at(-1).isIntersecting;
        this.schedule();
      },
      { rootMargin: "200px", scrollMargin: "200px" },
    );
    this.sight.observe(this.frame);
    this.size = new ResizeObserver(() => {
      if (this.drawnWidth && this.node.clientWidth && this.node.clientWidth !== this.drawnWidth) this.refresh();
    });
    this.size.observe(this.node);
  }

  follow(event) {
    if (!this.pointer.down) return;
    const travel = Math.hypot(event.clientX - this.pointer.x, event.clientY - this.pointer.y);
    this.pointer.travel = Math.max(this.pointer.travel, travel);
    if (event.buttons === 0) this.release(); // it was let go outside the window
  }

  release() {
    if (!this.pointer.down) return;
    this.pointer.down = false;
    this.click(this.pointer.points);
    this.later(WAIT_AFTER_POINTER);
  }

  // In space plotly clicks at every frame while the button is down, in the plane once it is up.
  click(points) {
    this.pointer.points = points;
    if (this.pointer.down || this.pointer.told || !points || this.pointer.travel > STILL) return;
    this.pointer.told = true;
    this.report("click", points.slice(0, 1));
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.schedule(), wait);
  }

  offer(data) {
    const colours = theme(this.frame);
    const key = Object.values(colours).join();
    if (key === this.themeKey && same(this.bytes, data)) return;
    this.themeKey = key;
    this.bytes = data;
    this.reserve();
    this.refresh();
  }

  // Words and height at once: the page never jumps.
  reserve() {
    this.split = this.bytes.indexOf(NEWLINE);
    this.given = JSON.parse(TEXT.decode(this.bytes.subarray(0, this.split)));
    const { alt, height } = this.given;
    this.node.style.height = this.frame.style.minHeight = `${height}px`;
    if (this.node.getAttribute("aria-label") !== alt) {
      this.node.setAttribute("aria-label", alt);
      this.words.textContent = alt;
    }
  }

  refresh() {
    this.pending = true;
    this.schedule();
  }

  held() {
    return this.pointer.down || performance.now() < this.wheelUntil || document.hidden || !this.visible || this.busy;
  }

  schedule() {
    if (!this.pending || this.request || this.closed) return;
    this.request = requestAnimationFrame(() => {
      this.request = 0;
      if (this.pending && !this.closed && !this.held() && this.node.clientWidth) this.draw();
    });
  }

  async draw() {
    this.pending = false;
    this.busy = true;
    try {
      const plotly = await loadLibrary(this.given.plotly);
      if (this.closed) return;
      const started = performance.now();
      const { data, layout } = this.dressed();
      this.saveCameras();
      this.keepView(layout);
      await plotly.react(this.node, data, layout, this.given.roam ? { ...CONFIG, scrollZoom: true } : CONFIG);
      this.freeCameras();
      this.drawnWidth = layout.width;
      this.node.dataset.drawn = 1 + Number(this.node.dataset.drawn ?? 0);
      this.node.dataset.milliseconds = (performance.now() - started).toFixed(1);
      this.watchSelections();
      this.look();
      this.say("");
    } catch (error) {
      this.say(error.message);
    } finally {
      this.busy = false;
      if (this.closed) this.purge();
    }
    this.schedule();
  }

  // Plotly keeps a zoom only beside its old range: of a growing map it would be lost.
  keepView(layout) {
    const old = this.node._fullLayout;
    if (old?.uirevision !== layout.uirevision) this.roamed = false;
    if (!this.roamed) return;
    for (const name of ["xaxis", "yaxis"]) layout[name] = { ...layout[name], range: [...old[name].range] };
  }

  // Those in space; empty without WebGL.
  scenes() {
    const { _fullLayout: layout } = this.node;
    return (layout?._subplots?.gl3d ?? []).map((name) => layout[name]._scene).filter((scene) => scene?.glplot);
  }

  // Plotly notes the camera before the wheel has moved it: the last turn would be lost.
  saveCameras() {
    for (const scene of this.scenes()) scene.saveLayout(this.node.layout);
  }

  // At every update plotly sets the way of dragging again, and for half a second the wheel does nothing.
  freeCameras() {
    for (const scene of this.scenes()) {
      if (Object.hasOwn(scene, "updateFx")) continue;
      const { updateFx } = scene;
      let set = scene.fullSceneLayout.dragmode;
      scene.updateFx = function (drag, hover) {
        if (drag !== set) updateFx.call(this, (set = drag), hover);
        this.fullSceneLayout.hovermode = hover;
      };
    }
  }

  // The figure in the page's own type and colours, where it sets no others.
  dressed() {
    const figure = JSON.parse(TEXT.decode(this.bytes.subarray(this.split)));
    const size = { width: this.node.clientWidth, height: this.given.height, autosize: false };
    const layout = { ...figure.layout, ...size };
    layout.template = over(dress(theme(this.frame)), layout.template ?? {});
    layout.uirevision = `${layout.uirevision ?? "kept"} ${this.view}`;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) delete layout.transition;
    return { data: figure.data, layout };
  }

  watchSelections() {
    if (this.watching || !this.given.select) return;
    this.watching = true;
    this.node.on("plotly_click", ({ points }) => this.click(points));
    this.node.on("plotly_selected", (event) => {
      if (event?.points) this.report(event.lassoPoints ? "lasso" : "box", event.points);
    });
    this.node.on("plotly_deselect", () => this.report("clear", []));
    this.node.on("plotly_relayout", () => this.look(true));
    this.node.on("plotly_doubleclick", () => (this.roamed = false));
  }

  // Which part of the plane is seen, if not all, and its pixels: told once the hand rests.
  look(moved) {
    const { xaxis: x, yaxis: y, uirevision } = this.node._fullLayout;
    const size = [x?._length, y?._length];
    if (!this.given.roam || !x || (!moved && `${size}` === this.told)) return;
    this.told = `${size}`;
    this.roamed ||= moved;
    clearTimeout(this.rest);
    const told = [this.roamed ? uirevision : "", ...x.range, ...y.range, ...size];
    this.rest = setTimeout(() => this.tell(told), 250);
  }

  report(kind, points) {
    if (!this.given.select) return;
    this.serial = Math.max(Date.now(), this.serial + 1);
    const ids = points.slice(0, LONGEST_SELECTION).map(nameOf).filter((id) => id !== null);
    const [first] = kind === "click" ? points : [];
    const { x = null, y = null, curveNumber: curve = null } = first ?? {};
    this.send({ kind, ids, x, y, curve, serial: this.serial });
  }

  resetView() {
    this.view += 1;
    this.told = this.roamed = false;
    this.refresh();
  }

  async download(format, tool) {
    if (!this.drawnWidth) return;
    tool.disabled = true;
    try {
      const { data, layout, _context: config } = this.node;
      const { background } = theme(this.frame);
      const solid = { ...layout, paper_bgcolor: opaque(layout.paper_bgcolor) ? layout.paper_bgcolor : background };
      const { width, height } = layout;
      const scale = format === "png" ? 2 : 1;
      const url = await window.Plotly.toImage({ data, layout: solid, config }, { format, width, height, scale });
      await save(url, `${this.given.name}.${format}`);
    } catch (error) {
      this.say(`The picture could not be saved: ${error.message ?? error}`);
    } finally {
      tool.disabled = false;
    }
  }

  say(text) {
    if (this.said === text) return; // a button in it may have the focus
    this.said = text;
    this.message.hidden = !text;
    this.message.textContent = text;
    if (text) this.message.append(button("Try again", "Draw this picture again", () => this.refresh()));
  }

  purge() {
    if (window.Plotly && this.drawnWidth) window.Plotly.purge(this.node);
    this.frame.remove();
  }

  close(parent) {
    if (this.closed) return;
    this.closed = true;
    plots.delete(parent);
    this.stop.abort();
    this.sight.disconnect();
    this.size.disconnect();
    clearTimeout(this.timer);
    cancelAnimationFrame(this.request);
    if (!this.busy) this.purge();
  }
}

const CONFIG = {
  displayModeBar: false,
  showTips: false,
  typesetMath: false, // a visitor's "$" is a dollar
  plotlyServerURL: "",
  topojsonURL: "",
};

function theme(node) {
  const style = getComputedStyle(node);
  const read = (name, otherwise) => {
    const value = style.getPropertyValue(name).trim();
    return value && value !== "unset" ? value : otherwise;
  };
  return {
    family: read("--st-font", "sans-serif"),
    text: read("--st-text-color", "#222"),
    background: read("--st-background-color", "#fff"),
    line: read("--st-border-color", "#ccc"),
    faint: read("--st-border-color-light", "#ddd"),
    size: Math.round(0.8 * parseFloat(style.fontSize)) || 13,
  };
}

function dress({ family, text, background, line, faint, size }) {
  const axis = { gridcolor: faint, zerolinecolor: line, linecolor: line, tickcolor: line };
  const wall = { ...axis, gridcolor: line, backgroundcolor: CLEAR, showspikes: false };
  const layout = {
    font: { family, size, color: text },
    paper_bgcolor: CLEAR,
    plot_bgcolor: CLEAR,
    margin: { l: 56, r: 16, t: 36, b: 44 },
    xaxis: axis,
    yaxis: axis,
    scene: { xaxis: wall, yaxis: wall, zaxis: wall, bgcolor: CLEAR },
    hoverlabel: { bgcolor: background, bordercolor: line, font: { family, color: text } },
  };
  return { layout };
}

// What the top sets wins, at any depth.
function over(base, top) {
  if (!isDict(base) || !isDict(top)) return top;
  const both = { ...base };
  for (const [name, value] of Object.entries(top)) both[name] = over(base[name], value);
  return both;
}

function isDict(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function opaque(colour) {
  if (!colour || colour === "transparent") return false;
  const alpha = /^(?:rgba|hsla)\(.*,\s*([\d.]+)\s*\)$/.exec(colour);
  return !alpha || Number(alpha[1]) === 1;
}

function nameOf({ id, customdata }) {
  let name = id ?? customdata;
  if (Array.isArray(name) || ArrayBuffer.isView(name)) name = name[0];
  return typeof name === "string" || Number.isFinite(name) ? name : null;
}

async function save(url, name) {
  const comma = url.indexOf(",");
  const [head, body] = [url.slice(5, comma), url.slice(comma + 1)];
  const text = head.endsWith(";base64") ? atob(body) : unescape(body);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const place = URL.createObjectURL(new Blob([bytes], { type: head.split(";")[0] }));
  element("a", { href: place, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(place), 10000);
}

function same(one, other) {
  if (one?.length !== other.length) return false;
  for (let at = 0; at < other.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}

function button(text, title, act) {
  const made = element("button", { type: "button", textContent: text, title });
  made.setAttribute("aria-label", title);
  made.onclick = () => act(made);
  return made;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
