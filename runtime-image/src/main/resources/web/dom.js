// Small words for the document.

export const $ = (id) => document.getElementById(id);

export function show(element, visible = true) {
  element.hidden = !visible;
}

/** Sets the text only if it is another: a live region speaks on every change. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Marks a field as wrong, or as right again with an empty text. */
export function fault(field, text) {
  const note = field.getAttribute("aria-describedby").split(" ").at(-1);
  say($(note), text);
  show($(note), text !== "");
  if (text) {
    field.setAttribute("aria-invalid", "true");
  } else {
    field.removeAttribute("aria-invalid");
  }
}

/** A shape beside a text, so that the state is never in the colour alone. */
export function shaped(element, shape) {
  element.dataset.shape = shape;
  element.querySelector("use").setAttribute("href", `#shape-${shape}`);
}

/** A list item with a shape. */
export function item(shape, text) {
  const li = document.createElement("li");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  const words = document.createElement("span");
  words.textContent = text;
  li.append(svg, words);
  shaped(li, shape);
  return li;
}

export function bytes(count) {
  const units = ["B", "kB", "MB", "GB"];
  let size = count;
  while (size >= 999.5 && units.length > 1) {
    size /= 1000;
    units.shift();
  }
  return `${size.toLocaleString("en", { maximumSignificantDigits: size < 99.5 ? 2 : 3 })} ${units[0]}`;
}

export function seconds(millis) {
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toLocaleString("en", { maximumFractionDigits: 1 })} s`;
}
