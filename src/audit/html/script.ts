// What the report does when it is read: filters, and opening all. It asks nothing of the network and writes no text from the
// capture; without it the page is whole, only not filtered.

export const SCRIPT = `
'use strict';
(() => {
  const form = document.querySelector('form');
  const findings = [...document.querySelectorAll('.finding')];
  const rules = [...document.querySelectorAll('.rule')];
  const shown = document.querySelector('#shown');
  const apply = () => {
    const severities = new Set([...form.querySelectorAll('[name=severity]:checked')].map((box) => box.value));
    const rule = form.elements.rule.value;
    const peer = form.elements.peer.value;
    const words = form.elements.text.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    let count = 0;
    for (const one of findings) {
      const data = one.dataset;
      const fits = severities.has(data.severity) && (rule === '' || rule === data.rule) &&
        (peer === '' || peer === data.peer) && words.every((word) => data.text.includes(word));
      one.hidden = !fits;
      if (fits) count++;
    }
    for (const one of rules) one.hidden = one.querySelector('.finding:not([hidden])') === null;
    shown.textContent = count + ' of ' + findings.length;
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  document.querySelector('#open').addEventListener('click', () => {
    const closed = [...rules, ...findings].filter((one) => !one.hidden && !one.open);
    for (const one of closed.length > 0 ? closed : [...rules, ...findings]) one.open = closed.length > 0;
  });
  addEventListener('beforeprint', () => { for (const one of [...rules, ...findings]) if (!one.hidden) one.open = true; });
  apply();
})();
`;
