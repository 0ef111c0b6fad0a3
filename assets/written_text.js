// Texts side by side, piece by piece: the ground of a piece tells how surprising it was; a click looks at it.
// Words come from models and visitors: they only ever become text nodes.
const mounts = new WeakMap();

function column(one, index, chosen, send) {
  const box = document.createElement("section");
  box.className = "column";
  const head = document.createElement("header");
  const title = document.createElement("strong");
  title.textContent = one.title;
  const fact = document.createElement("span");
  fact.textContent = one.fact;
  head.append(title, fact);
  const text = document.createElement("p");
  text.dir = "auto";
  text.setAttribute("aria-label", one.title + ": " + one.given + one.pieces.map((piece) => piece[0]).join(""));
  const given = document.createElement("span");
  given.className = "given";
  given.textContent = one.given;
  text.append(given);
  one.pieces.forEach(([letters, bits], place) => {
    const span = document.createElement("span");
    span.className = place === chosen ? "piece chosen" : "piece";
    span.textContent = letters;
    span.style.setProperty("--bits", String(Math.min(1, bits / 10)));
    span.title = bits.toFixed(1) + " bits";
    span.dataset.place = String(place);
    text.append(span);
  });
  if (one.empty) {
    const empty = document.createElement("span");
    empty.className = "empty";
    empty.textContent = one.empty;
    text.append(empty);
  }
  text.onclick = (event) => {
    const place = event.target.dataset && event.target.dataset.place;
    if (place !== undefined) send(index, Number(place));
  };
  box.append(head, text);
  return box;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let mount = mounts.get(parentElement);
  if (!mount) {
    mount = { root: document.createElement("div"), serial: Date.now(), shown: "" };
    mount.root.className = "columns";
    mount.root.tabIndex = 0;
    parentElement.append(mount.root);
    mounts.set(parentElement, mount);
  }
  const send = (index, place) => {
    mount.serial += 1;
    setTriggerValue("picked", { column: index, place, serial: mount.serial });
  };
  const now = JSON.stringify(data);
  if (now === mount.shown) return; // a selection of letters survives what changes nothing
  mount.shown = now;
  mount.root.replaceChildren(...data.columns.map((one, i) => column(one, i, one.chosen, send)));
  mount.root.style.setProperty("--lines", String(data.lines));
}
