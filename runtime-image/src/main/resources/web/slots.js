// The source and the target: chosen, dropped, pasted or taken with the camera; shown before they are sent.

import { $, bytes, fault, say, show } from "./dom.js";

const MEDIA = /^(image|video)\//;

/** The place for one picture, or for a video where it has a player. */
class Slot {
  file = null;

  constructor(id, onChange) {
    this.id = id;
    this.root = $(id);
    this.stage = this.root.querySelector(".stage");
    this.image = this.stage.querySelector("img");
    this.video = this.stage.querySelector("video");
    this.chooser = this.root.querySelector(".chooser");
    this.onChange = onChange;
    for (const input of this.root.querySelectorAll("input")) {
      input.addEventListener("change", () => input.files[0] && this.take(input.files[0]));
    }
    this.stage.addEventListener("click", () => this.open && this.chooser.click());
    this.image.addEventListener("load", () => show(this.image));
    this.image.addEventListener("error", () => this.file && this.unseen());
    this.video?.addEventListener("loadeddata", () => show(this.video));
    this.video?.addEventListener("error", () => this.file && this.unseen());
  }

  get open() {
    return !this.chooser.matches(":disabled");
  }

  take(file) {
    this.file = file;
    fault(this.chooser, "");
    for (const view of [this.image, this.video].filter(Boolean)) {
      URL.revokeObjectURL(view.src);
      view.removeAttribute("src");
      show(view, false);
    }
    const view = (this.isVideo && this.video) || this.image;
    view.src = URL.createObjectURL(file);
    this.image.alt = `The ${this.id} picture`;
    this.stage.classList.add("full");
    say(this.stage.querySelector(".drop-word"), "");
    const [name, size] = this.root.querySelectorAll(".name > span");
    say(name, file.name || "Pasted picture");
    say(size, bytes(file.size));
    this.onChange();
  }

  get isVideo() {
    return this.file?.type.startsWith("video/") ?? false;
  }

  // The server judges the file, not this browser.
  unseen() {
    say(this.stage.querySelector(".drop-word"), "This browser cannot show the file");
  }
}

/** Both slots, with what happens on the page as a whole. */
export function slots(onChange) {
  const source = new Slot("source", onChange);
  const target = new Slot("target", onChange);
  const both = [source, target];
  const under = (node) => both.find((slot) => slot.root.contains(node));
  const fill = (files, first) => {
    const rest = [first, ...both.filter((slot) => slot !== first && !slot.file), ...both].filter(Boolean);
    const distinct = [...new Set(rest)];
    files.slice(0, 2).forEach((file, index) => distinct[index].take(file));
  };
  const mark = (slot) => both.forEach((each) => each.root.classList.toggle("over", each === slot));

  // A file that misses both slots must not replace the page.
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    const slot = source.open ? under(event.target) : undefined;
    event.dataTransfer.dropEffect = source.open ? "copy" : "none";
    mark(slot);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || mark());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    mark();
    if (source.open) {
      fill([...event.dataTransfer.files], under(event.target));
    }
  });
  document.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files].filter((file) => MEDIA.test(file.type));
    if (files.length && source.open) {
      event.preventDefault();
      fill(files, under(document.activeElement));
    }
  });
  return { source, target };
}
