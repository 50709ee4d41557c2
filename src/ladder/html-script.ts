// What the HTML ladder does beyond plain links: it marks the arrow whose message is open, and has keys. It writes no text from
// the capture and asks nothing of the network.

export const LADDER_SCRIPT = `
'use strict';
(() => {
  let open = null;
  const panel = () => {
    const one = document.getElementById(location.hash.slice(1));
    return one !== null && one.localName === 'article' ? one : null;
  };
  const shown = () => {
    open?.classList.remove('chosen');
    open?.removeAttribute('aria-current');
    const article = panel();
    open = article === null ? null : document.getElementById(article.dataset.arrow);
    if (open === null) return;
    open.classList.add('chosen');
    open.setAttribute('aria-current', 'true');
    open.scrollIntoView({ block: 'nearest' });
    article.scrollTop = 0;
    article.focus({ preventScroll: true });
  };
  // The event comes later than the next key may.
  const go = (hash) => {
    location.replace(hash);
    shown();
  };
  const step = (by) => {
    const links = [...document.querySelectorAll('.rows a')];
    const from = links.indexOf(open ?? document.activeElement);
    const next = links[from < 0 ? (by > 0 ? 0 : links.length - 1) : from + by];
    if (next !== undefined) go(next.getAttribute('href'));
  };
  const close = () => {
    const arrow = open;
    if (arrow === null) return;
    go('#' + arrow.id);
    arrow.focus({ preventScroll: true });
  };
  addEventListener('hashchange', shown);
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key;
    const moves = open !== null || key === 'j' || key === 'k' || document.activeElement?.closest('.rows') != null;
    if (key === 'Escape') close();
    else if (moves && (key === 'ArrowDown' || key === 'j')) step(1);
    else if (moves && (key === 'ArrowUp' || key === 'k')) step(-1);
    else return;
    event.preventDefault();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest?.('a.close') == null) return;
    event.preventDefault();
    close();
  });
  shown();
})();
`;
