// A scrubber over the training: drag to an earlier moment, or follow the newest one.
// The node stays; while a hand is on it, updates from the server wait.
const mounts = new WeakMap();

function build(root) {
  const row = document.createElement("div");
  row.className = "row";
  const label = document.createElement("span");
  label.className = "label";
  const input = document.createElement("input");
  input.type = "range";
  input.min = "0";
  input.setAttribute("aria-label", "Moment of the training");
  const now = document.createElement("button");
  now.type = "button";
  now.textContent = "newest";
  row.append(input, label, now);
  root.append(row);
  return { row, label, input, now, held: false, serial: 0, sent: null, timer: 0 };
}

function paint(mount, step) {
  const { input, label, now } = mount;
  const data = mount.data;
  input.max = String(Math.max(1, data.last));
  input.value = String(step);
  const share = (100 * step) / Math.max(1, data.last);
  const reached = (100 * data.tip) / Math.max(1, data.last);
  input.style.setProperty("--at", share + "%");
  input.style.setProperty("--reached", reached + "%");
  label.textContent = "step " + Number(step).toLocaleString("en") + " of " + Number(data.last).toLocaleString("en");
  input.setAttribute("aria-valuetext", label.textContent);
  now.style.visibility = data.moment === null && !mount.held ? "hidden" : "visible";
}

// The moment kept nearest to a step: only these can be shown.
function nearest(data, step) {
  const stops = data.stops.length ? data.stops : [0];
  return stops.reduce((best, one) => (Math.abs(one - step) < Math.abs(best - step) ? one : best), stops[0]);
}

// From the moment shown to the one kept before (-1) or after (1) it.
function neighbour(data, step, by) {
  const at = data.stops.indexOf(nearest(data, step)) + by;
  return data.stops[Math.max(0, Math.min(data.stops.length - 1, at))] ?? 0;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let mount = mounts.get(parentElement);
  if (!mount) {
    mount = build(parentElement);
    mounts.set(parentElement, mount);
    mount.serial = Date.now();
  }
  mount.data = data;
  const send = (step) => {
    if (step === mount.sent) return;
    mount.sent = step;
    mount.serial += 1;
    setTriggerValue("moment", { step, serial: mount.serial });
  };
  const choose = (step) => send(step >= nearest(mount.data, mount.data.tip) ? null : step);
  mount.input.oninput = () => {
    mount.held = true;
    const step = nearest(mount.data, Number(mount.input.value));
    paint(mount, step);
    clearTimeout(mount.timer);
    mount.timer = setTimeout(() => send(step), 80);
  };
  const settle = () => {
    mount.held = false;
    clearTimeout(mount.timer);
    choose(nearest(mount.data, Number(mount.input.value)));
  };
  mount.input.onchange = settle;
  mount.input.onpointerup = () =>
    setTimeout(() => {
      if (mount.held) settle(); // dragged back to where it began, which is no change
      mount.input.blur(); // with the focus it would keep the space bar from playing and pausing
    }, 0);
  mount.input.onkeydown = (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, PageDown: -10, ArrowRight: 1, ArrowUp: 1, PageUp: 10 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const step = neighbour(mount.data, Number(mount.input.value), by);
    paint(mount, step);
    choose(step);
  };
  mount.now.onclick = () => {
    mount.held = false;
    mount.sent = undefined;
    send(null);
  };
  mount.input.disabled = data.tip < 1;
  if (!mount.held) {
    mount.sent = data.moment;
    paint(mount, data.moment === null ? data.tip : data.moment);
  }
}
