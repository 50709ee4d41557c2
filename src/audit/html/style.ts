// How the report looks: light and dark, on paper too. No font, image or sheet comes from elsewhere.

export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2329; --dim: #5c6773; --paper: #fff; --panel: #f4f6f8; --line: #d5dbe1;
  --error: #b3261e; --warning: #8a5a00; --info: #1b5fa8; --mark: #ffe9a8; --del: #fde2e0; --ins: #def3e3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e8ee; --dim: #9aa7b4; --paper: #14181c; --panel: #1d2329;
  --line: #36404a; --error: #ff8a80; --warning: #ffc766; --info: #8ec5ff; --mark: #5a4a12; --del: #4a2422; --ins: #1d3d28; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; display: inline; } h4 { font-size: .85rem; margin: 1rem 0 .25rem; color: var(--dim); }
p { margin: .25rem 0; } .dim, .same, .where, .note { color: var(--dim); font-size: .87rem; }
.chips span { display: inline-block; padding: .1rem .6rem; margin: .25rem .4rem .25rem 0; border: 1px solid; border-radius: 1rem; }
.error > summary .mark, .chips .error { color: var(--error); } .warning > summary .mark, .chips .warning { color: var(--warning); }
.info > summary .mark, .chips .info { color: var(--info); }
.mark { font-weight: 600; display: inline-block; min-width: 4.2rem; font-size: .87rem; }
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; padding: .6rem .8rem;
  background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; }
form label { display: inline-flex; gap: .35rem; align-items: center; } select, input[type=search] { font: inherit; max-width: 18rem;
  padding: .15rem .35rem; background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: .3rem; }
button { font: inherit; padding: .15rem .6rem; border: 1px solid var(--line); border-radius: .3rem; background: var(--paper); color: var(--ink); }
.rule { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; padding: .6rem .8rem; }
.rule > summary, .finding > summary, .message > summary { cursor: pointer; overflow-wrap: anywhere; }
.finding { margin: .35rem 0 .35rem .5rem; padding: .15rem 0 .15rem .6rem; border-left: 3px solid var(--line); }
.finding.error { border-color: var(--error); } .finding.warning { border-color: var(--warning); } .finding.info { border-color: var(--info); }
pre { overflow-x: auto; background: var(--panel); padding: .6rem .8rem; border-radius: .4rem; margin: .25rem 0;
  font: 12.5px/1.35 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre.octets { white-space: pre-wrap; overflow-wrap: anywhere; } code { font: 12.5px ui-monospace, monospace; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; outline: 2px solid var(--mark); }
table { border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: .87rem; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
caption { text-align: left; color: var(--dim); } td.number, th.number { text-align: right; }
del { background: var(--del); text-decoration: none; } ins { background: var(--ins); text-decoration: none; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; font-size: .87rem; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
@media print { form { display: none; } body { max-width: none; padding: 0; } .finding, pre { break-inside: avoid; }
  pre { white-space: pre-wrap; border: 1px solid var(--line); } }
`;
