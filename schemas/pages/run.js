// Filter and sort what the page already holds. The page reads the same without it.
"use strict";
(function () {
  var list = function (nodes) { return Array.prototype.slice.call(nodes); };
  var by = function (id) { return document.getElementById(id); };

  function sort(table, column, head) {
    var up = head.getAttribute("aria-sort") !== "ascending";
    var numbers = head.classList.contains("num");
    var key = function (row) { return row.cells[column].textContent.trim(); };
    var value = function (text) { return parseFloat(text.replace(/,/g, "")) || 0; };
    var rows = list(table.tBodies[0].rows).sort(function (a, b) {
      var x = key(a), y = key(b);
      var order = numbers ? value(x) - value(y) : (x < y ? -1 : (x > y ? 1 : 0));
      return up ? order : -order;
    });
    rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
    list(table.tHead.rows[0].cells).forEach(function (cell) { cell.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  }

  function filter() {
    var rows = list(document.querySelectorAll("#t-not tbody tr"));
    var outcome = by("f-outcome").value, text = by("f-text").value.toLowerCase(), shown = 0;
    rows.forEach(function (row) {
      var fits = (!outcome || row.cells[1].textContent === outcome) && row.textContent.toLowerCase().indexOf(text) >= 0;
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    by("f-count").textContent = by("f-count").dataset.shown.replace("{n}", shown).replace("{all}", rows.length);
  }

  list(document.querySelectorAll("#t-not, .sortable")).forEach(function (table) {
    list(table.tHead.rows[0].cells).forEach(function (head, column) {
      if (head.dataset.fixed) { return; }
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () { sort(table, column, head); });
    });
  });
  if (by("tools")) {
    by("f-outcome").addEventListener("change", filter);
    by("f-text").addEventListener("input", filter);
    by("tools").hidden = false;
    filter();
  }
})();
