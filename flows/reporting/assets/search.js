// Finds initiatives and places by name. The index is one small script, fetched when the reader first turns to the field, so that the
// search also works from a file. Without script the field stays hidden and the lists of initiatives and places lead everywhere.
(function () {
  "use strict";
  var root = document.currentScript.dataset.root;
  var box = document.querySelector(".search");
  var field = document.getElementById("q");
  var list = document.getElementById("found");
  var count = document.getElementById("found-count");
  box.hidden = false;

  function load(then) {
    if (window.LEDGER_INDEX) return then();
    var script = document.createElement("script");
    script.src = root + "/assets/search-index.js";
    script.onload = then;
    document.head.appendChild(script);
  }

  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  // Every word asked for must begin a word of the name; names that begin with the first word come first.
  function matches(asked) {
    var words = folded(asked).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return window.LEDGER_INDEX.filter(function (entry) {
      var names = " " + folded(entry[0] + " " + entry[2]).replace(/[^\p{L}\p{N}]+/gu, " ");
      return words.every(function (word) { return names.indexOf(" " + word) >= 0; });
    }).sort(function (a, b) {
      var first = folded(b[0]).indexOf(words[0]) === 0, second = folded(a[0]).indexOf(words[0]) === 0;
      return first - second || a[0].localeCompare(b[0]);
    }).slice(0, 12);
  }

  function show() {
    var hits = matches(field.value);
    list.textContent = "";
    hits.forEach(function (entry) {
      var link = document.createElement("a");
      link.href = root + "/" + entry[1];
      link.textContent = entry[0];
      list.appendChild(document.createElement("li")).appendChild(link);
    });
    list.hidden = !hits.length;
    count.textContent = field.value.trim() ? hits.length + (hits.length === 1 ? " match" : " matches") : "";
  }

  function move(step) {
    var links = Array.prototype.slice.call(list.querySelectorAll("a"));
    var next = links.indexOf(document.activeElement) + step;
    if (next < 0) field.focus();
    else if (links[next]) links[next].focus();
  }

  field.addEventListener("focus", function () { load(show); });
  field.addEventListener("input", function () { load(show); });
  box.addEventListener("keydown", function (event) {
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    else if (event.key === "Escape") { list.hidden = true; field.focus(); }
    else if (event.key === "Enter" && document.activeElement === field) {
      var first = list.querySelector("a");
      if (first) window.location.href = first.href;
    }
  });
  document.addEventListener("click", function (event) { if (!box.contains(event.target)) list.hidden = true; });
})();
