// Inside a copy of the page: tells the frame's parent what does not fit.
addEventListener('load', () => {
  document.querySelectorAll('details').forEach(details => { details.open = true; });
  const width = innerWidth;
  const shown = element => element.getClientRects().length > 0;
  // What may be wider: code, and the heads of tables whose cells have them as labels.
  const hidden = new Set(document.querySelectorAll('.skip, pre, pre *, code'));
  for (const head of document.querySelectorAll('thead')) {
    if (getComputedStyle(head).position === 'absolute') {
      head.querySelectorAll('*').forEach(element => hidden.add(element));
    }
  }
  const name = element => element.tagName + '.' + (element.className.baseVal ?? element.className) + ' '
    + element.textContent.trim().slice(0, 40);
  const all = [...document.body.querySelectorAll('*:not(svg *)')].filter(element => shown(element) && !hidden.has(element));
  const beyond = all.filter(element => {
    const place = element.getBoundingClientRect();
    return place.right > width + 0.5 || place.left < -0.5;
  });
  const clipped = all.filter(element => /^(P|H1|H2|H3|CAPTION|FIGCAPTION|TH|TD|DD|DT|LI|SUMMARY)$/.test(element.tagName)
    && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
  const charts = all.filter(element => element.tagName === 'svg');
  let chartText = Infinity;
  for (const chart of charts) {
    const place = chart.getBoundingClientRect();
    const scale = place.width / chart.viewBox.baseVal.width;
    for (const text of chart.querySelectorAll('text')) {
      chartText = Math.min(chartText, scale * parseFloat(getComputedStyle(text).fontSize));
      const box = text.getBoundingClientRect();
      if (box.left < place.left - 4 || box.right > place.right + 4) {
        clipped.push(text);
      }
    }
  }
  const texts = all.filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const verdicts = [...document.querySelectorAll('.word')];
  parent.postMessage(JSON.stringify({
    width,
    scrollWidth: document.documentElement.scrollWidth,
    beyond: beyond.map(name),
    clipped: clipped.map(name),
    charts: charts.length,
    chartText,
    text: Math.min(...texts.map(element => parseFloat(getComputedStyle(element).fontSize))),
    verdicts: verdicts.length,
    verdictsSeen: verdicts.filter(word => shown(word) && word.getBoundingClientRect().right <= width).length,
  }), '*');
});
