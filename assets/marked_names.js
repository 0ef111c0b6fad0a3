// Sentences with the names in them set off; a click looks at a sentence.
// Words come from visitors: they only ever become text nodes.
const mounts = new WeakMap();

function mark(name, words, colours) {
  const box = document.createElement("mark");
  box.className = name.look;
  box.title = name.told;
  box.style.setProperty("--kind", colours[name.colour % colours.length]);
  const written = document.createElement("span");
  written.textContent = words;
  box.append(written);
  if (name.label) {
    const label = document.createElement("small");
    label.textContent = name.label;
    box.append(label);
  }
  return box;
}

function sentence(one, data, send) {
  const row = document.createElement("div");
  row.className = one.chosen ? "row chosen" : "row";
  const text = document.createElement("p");
  text.dir = "auto";
  let at = 0;
  for (const name of one.names) {
    text.append(one.text.slice(at, name.start));
    text.append(mark(name, one.text.slice(name.start, name.end), data.colours));
    at = name.end;
  }
  text.append(one.text.slice(at));
  row.append(text);
  if (one.fact) {
    const fact = document.createElement("span");
    fact.textContent = one.fact;
    row.append(fact);
  }
  if (data.clickable) {
    row.tabIndex = 0;
    row.setAttribute("role", "button");
    row.onclick = () => send(one.number);
    row.onkeydown = (event) => {
      if (event.key === "Enter") send(one.number);
    };
  }
  return row;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let mount = mounts.get(parentElement);
  if (!mount) {
    mount = { root: document.createElement("div"), serial: Date.now(), shown: "" };
    parentElement.append(mount.root);
    mounts.set(parentElement, mount);
  }
  const send = (number) => {
    mount.serial += 1;
    setTriggerValue("picked", { number, serial: mount.serial });
  };
  const now = JSON.stringify(data);
  if (now === mount.shown) return; // a selection of letters survives what changes nothing
  mount.shown = now;
  mount.root.className = data.clickable ? "sentences clickable" : "sentences";
  mount.root.replaceChildren(...data.sentences.map((one) => sentence(one, data, send)));
}
