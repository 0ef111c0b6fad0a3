// Keys belong to what has the focus: arrows that move a slider must not also step the training, and a button that
// was clicked with the mouse must not keep the space bar to itself.
const OWN_ARROWS =
  "[role=slider], [role=radio], [role=radiogroup], [role=listbox], [role=combobox], [role=spinbutton], input, textarea";
const MOVES = /^(Arrow|Page|Home$|End$)/;

function guard(body) {
  // The page's own handlers have run by the time an event reaches the body; shortcuts listen above it.
  body.addEventListener("keydown", (event) => {
    if (MOVES.test(event.key) && event.target.closest?.(OWN_ARROWS)) event.stopPropagation();
  });
  body.addEventListener("click", (event) => {
    const button = event.detail > 0 && event.target.closest?.("button");
    if (button) setTimeout(() => button.blur(), 0);
  });
}

export default function () {
  if (document.body.dataset.keys === "guarded") return;
  document.body.dataset.keys = "guarded";
  guard(document.body);
}
