// How the HTML ladder looks: light and dark, wide and narrow, on paper too. No font, image or sheet comes from elsewhere.

export const LADDER_STYLE = `
:root { color-scheme: light dark; --ink: #1d2329; --dim: #5c6773; --paper: #fff; --panel: #f4f6f8; --edge: #c3ccd5; --chosen: #1b5fa822; --over: #8088901c;
  --link: #1b5fa8; --wrong: #b3261e; --warn: #8a5a00; --drawer: min(38rem, 46vw); }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --dim: #9aa7b4; --paper: #14181c; --panel: #1d2329; --edge: #465260;
  --chosen: #7ab8ff2c; --over: #a0b0c01c; --link: #7ab8ff; --wrong: #ff8a80; --warn: #ffc766; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.25rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 0 0 .15rem; } p { margin: .1rem 0; overflow-wrap: anywhere; }
.quiet { color: var(--dim); font-size: .83rem; } a { color: var(--link); }
header ul { columns: 24rem; margin: 0 0 1.5rem; padding: 0; list-style: none; overflow-wrap: anywhere; } header li { break-inside: avoid; margin: 0 0 .35rem; }
header .quiet { display: block; }
section { margin: 0 0 2.5rem; scroll-margin-top: 1rem; }
section > p, section > h2, header { max-width: 60rem; }
.drawing { position: relative; margin: .5rem 0 0 -1rem; }
svg { display: block; width: 100%; height: auto; } .heads { position: sticky; top: 0; z-index: 1; }
.rows a { text-decoration: none; cursor: pointer; scroll-margin: 12rem; outline: none; } .hit { fill: transparent; }
.rows a:hover .hit { fill: var(--over); } .rows a.chosen .hit { fill: var(--chosen); }
.rows a:is(:hover, .chosen) .label { stroke: transparent; }
.rows a:focus-visible .hit { stroke: var(--link); stroke-width: 2; }
article { display: none; position: fixed; z-index: 2; top: 0; right: 0; bottom: 0; width: var(--drawer); overflow: auto; padding: .6rem 1rem 1rem;
  background: var(--panel); border-left: 1px solid var(--edge); box-shadow: -4px 0 18px #0002; }
article:target { display: block; } article:focus { outline: none; }
body:has(article:target) { padding-right: calc(var(--drawer) + 1rem); }
nav { display: flex; gap: 1rem; position: sticky; top: -.6rem; margin: -.6rem -1rem .4rem; padding: .55rem 1rem; background: var(--panel);
  border-bottom: 1px solid var(--edge); font-size: .87rem; } nav span { color: var(--edge); } nav .close { margin-left: auto; }
.facts { color: var(--dim); font-size: .83rem; margin: .5rem 0 .3rem; } .facts span { margin-right: .9rem; display: inline-block; } .facts span:first-child { color: var(--ink); font-weight: 600; }
pre { margin: 0 0 .8rem; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 12.5px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
ul.findings { margin: .5rem 0; padding: 0; list-style: none; font-size: .9rem; } .findings li { margin: .2rem 0; padding: .2rem .5rem; border-left: 4px solid var(--link); overflow-wrap: anywhere; }
.findings .error { border-color: var(--wrong); } .findings .warning { border-color: var(--warn); }
pre b { font-weight: 600; color: var(--link); } .start-line { font-weight: 700; } .wrong { color: var(--wrong); } .note { color: var(--dim); }
@media (max-width: 60rem) { article { top: auto; left: 0; width: auto; height: 55vh; border: 0; border-top: 1px solid var(--edge); }
  body:has(article:target) { padding: 1.25rem 1.25rem 58vh; } }
@media print { body, body:has(article:target) { padding: 0; background: #fff; } .drawing { max-width: 100% !important; margin: 0; }
  .heads { position: static; } nav { display: none; } header a, section a { color: inherit; }
  article, article:target { display: block; position: static; width: auto; height: auto; padding: .3rem 0; background: none; border: 0;
    border-top: 1px solid var(--edge); box-shadow: none; break-inside: avoid-page; } }
`;
