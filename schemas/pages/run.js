// Filter and sort what the page already holds. The page reads the same without it.
"use strict";
(function () {
  var tools = document.getElementById("tools"), out = document.getElementById("f-outcome"),
      txt = document.getElementById("f-text"), count = document.getElementById("f-count"),
      rows = Array.prototype.slice.call(document.querySelectorAll("#t-not tbody tr"));
  function filter() {
    var o = out.value, q = txt.value.toLowerCase(), n = 0;
    rows.forEach(function (r) {
      var t = r.textContent, on = (!o || r.cells[1].textContent === o) && (!q || t.toLowerCase().indexOf(q) >= 0);
      r.hidden = !on; if (on) n++;
    });
    count.textContent = n + " of " + rows.length + " shown";
  }
  function key(r, c) { return r.cells[c].textContent.trim(); }
  function sort(table, c, th) {
    var up = th.getAttribute("aria-sort") !== "ascending", num = th.className === "num", body = table.tBodies[0];
    Array.prototype.slice.call(body.rows).sort(function (a, b) {
      var x = key(a, c), y = key(b, c);
      var d = num ? parseFloat(x.replace(/,/g, "") || 0) - parseFloat(y.replace(/,/g, "") || 0) : (x < y ? -1 : x > y ? 1 : 0);
      return up ? d : -d;
    }).forEach(function (r) { body.appendChild(r); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (h) { h.removeAttribute("aria-sort"); });
    th.setAttribute("aria-sort", up ? "ascending" : "descending");
  }
  Array.prototype.forEach.call(document.querySelectorAll("#t-not, .sortable"), function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, c) {
      if (th.textContent === "Drawn") return;
      var b = document.createElement("button"); b.type = "button"; b.textContent = th.textContent; th.textContent = ""; th.appendChild(b);
      b.addEventListener("click", function () { sort(table, c, th); });
    });
  });
  out.addEventListener("change", filter); txt.addEventListener("input", filter);
  tools.hidden = false; filter();
})();
