"use strict";
// What the page can do beyond showing: filter, copy, and open what a link leads into.
(() => {
  const filter = document.querySelector(".filter");
  const rows = [...document.querySelectorAll("#rows > [data-outcome]")];
  let texts;
  const apply = () => {
    texts ??= rows.map((row) => row.textContent.toLowerCase());
    const words = filter.querySelector("#filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const boxes = [...filter.querySelectorAll("input[name=outcome]:checked")];
    const outcomes = new Set(boxes.map((box) => box.value));
    let shown = 0;
    rows.forEach((row, index) => {
      const fits = (!outcomes.size || outcomes.has(row.dataset.outcome))
        && words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      shown += fits;
    });
    document.getElementById("filtered").textContent =
      shown === rows.length ? `${shown} checks` : `${shown} of ${rows.length} checks`;
  };
  filter.hidden = false;
  filter.addEventListener("input", () => requestAnimationFrame(apply));
  filter.addEventListener("submit", (event) => event.preventDefault());

  // A row that a link leads to is shown, whatever the filter says; what is folded around a place
  // is opened, and so is an exchange whose inside is the place.
  const reveal = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    place.hidden = false;
    for (let one = place; one; one = one.parentElement) {
      if (one.tagName === "DETAILS") one.open = true;
    }
    place.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Copy buttons are made for the values that come into sight, so that a long page stays light.
  const text = (value) => {
    const shown = value.textContent;
    try {
      return shown.startsWith('"') ? JSON.parse(shown) : shown;
    } catch {
      return shown;
    }
  };
  const equip = (block) => {
    for (const value of block.querySelectorAll(".value")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "copy";
      button.setAttribute("aria-label", `Copy ${value.textContent.slice(0, 40)}`);
      value.after(button);
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".copy");
    if (!button) return;
    const value = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(text(value));
    } catch {
      // A page from a file may not be allowed to: what is selected can be copied by hand.
      getSelection().selectAllChildren(value);
      document.execCommand("copy");
    }
    button.classList.add("done");
    button.textContent = "copied";
    setTimeout(() => {
      button.classList.remove("done");
      button.textContent = "copy";
    }, 1500);
  });
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      equip(entry.target);
    }
  });
  for (const block of document.querySelectorAll(".message, .command, .token > div")) seen.observe(block);
})();
