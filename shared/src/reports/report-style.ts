/** The report's only style sheet. Its digest stands in the page's policy, so it is the same for every report of a release. */
export const REPORT_STYLE = `
:root{color-scheme:light;--ink:#1a2026;--quiet:#586470;--hair:#dce1e6;--soft:#f4f6f8;--accent:#0b5563;--paper:#fff;
--critical:#8c1138;--high:#a83a08;--medium:#7d5a00;--low:#2b6a4b;--informational:#475767;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Palatino Linotype",Georgia,serif;
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","DejaVu Sans",sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{scroll-padding-top:1.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 var(--sans);overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.4rem .7rem}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.report{max-width:58rem;margin:0 auto;padding:3.5rem 2rem 5rem}
.contents{margin:2.5rem 0 0;font-size:13px}
.contents h2{font:600 12.5px/1 var(--sans);color:var(--quiet);margin:0 0 .8rem;padding:0;border:0}
.contents ol{list-style:none;margin:0;padding:0}.contents li{margin:.28rem 0}.contents ol ol{padding-left:.9rem;border-left:1px solid var(--hair)}
.contents a{color:var(--ink);text-decoration:none}.contents a:hover{color:var(--accent);text-decoration:underline}.contents b{font-weight:600;color:var(--quiet)}
@media (min-width:84rem){.report{display:grid;max-width:78rem;grid-template-columns:16rem minmax(0,1fr);column-gap:3.5rem}
.report>*{grid-column:2}.report>.contents{grid-column:1;grid-row:1/span 40;position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;margin:0;padding:.4rem 0 2rem}}
h1,h2,h3,h4{font-family:var(--serif);font-weight:600;line-height:1.2;text-wrap:balance;break-after:avoid}
h1{font-size:2.6rem;letter-spacing:-.012em;margin:.5rem 0 .3rem}
h2{font-size:1.75rem;margin:0 0 1.1rem;padding-top:1.6rem;border-top:2px solid var(--ink)}
h3{font-size:1.22rem;margin:0 0 .8rem}h4{font-size:1.05rem;margin:0 0 .6rem}
section{margin:3.2rem 0 0}section section{margin:2.2rem 0 0}
section.page{border-top:1px solid var(--hair);padding-top:1.8rem;margin-top:2.6rem}
section.page>h3{font-size:1.5rem}
.ordinal,.label{color:var(--quiet);font-weight:400;margin-right:.35em}.label{font-weight:600;color:var(--accent)}
.kind{margin:0;color:var(--quiet);font-size:13px;letter-spacing:.02em}
.classification{border:1px solid currentColor;border-radius:3px;padding:.1rem .45rem;margin-left:.6rem;color:var(--critical)}
.case{font:1.2rem/1.4 var(--serif);color:var(--quiet);margin:0 0 2.2rem}
.glance{list-style:none;display:flex;flex-wrap:wrap;gap:0;margin:0 0 2rem;padding:0;border-block:1px solid var(--hair)}
.glance li{flex:1 1 7rem;padding:.9rem 1rem .8rem 0;min-width:6.6rem}
.glance li+li{padding-left:1rem;border-left:1px solid var(--hair)}
.glance b{font:600 1.7rem/1.1 var(--serif);font-variant-numeric:lining-nums tabular-nums;white-space:nowrap}
.glance span{display:block;color:var(--quiet);font-size:12.5px;margin-top:.15rem}
.glance .bad b{color:var(--critical)}.glance .warning b{color:var(--high)}.glance .good b{color:var(--low)}
p{margin:.6rem 0}ul{padding-left:1.2rem;margin:.6rem 0}li{margin:.3rem 0}
.prose{max-width:42rem}.prose p{font:1.07rem/1.62 var(--serif);white-space:pre-line;margin:.7rem 0}
small{font-size:.86em;color:var(--quiet)}
code{font:.86em/1.45 var(--mono);font-variant-ligatures:none}
mark{background:#fdeeb8;color:inherit;padding:.06em .15em;border-radius:2px}
sup{font:500 .62em/0 var(--sans);margin-left:.18em;vertical-align:super}sup a{color:var(--quiet);text-decoration:none}sup a:hover{text-decoration:underline}
data{font-variant-numeric:tabular-nums}
.facts{margin:.9rem 0 1.3rem;border-top:1px solid var(--hair)}
.facts div{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:1rem;padding:.36rem 0;border-bottom:1px solid var(--hair);break-inside:avoid}
dt{color:var(--quiet);font-size:13.5px}dd{margin:0}
.table{overflow-x:auto;margin:.9rem 0 1.3rem}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.45}
th{text-align:left;font-weight:500;color:var(--quiet);font-size:12.5px;border-bottom:1px solid var(--ink);padding:.3rem .8rem .35rem 0;vertical-align:bottom}
thead td{border-bottom:1px solid var(--ink)}
tbody td{border-bottom:1px solid var(--hair);padding:.42rem .8rem .42rem 0;vertical-align:top}
th:last-child,td:last-child{padding-right:0}.right{text-align:right}.right+:not(.right){padding-left:1.1rem}
thead{display:table-header-group}tr{break-inside:avoid}
.level{display:inline-flex;align-items:center;gap:.4em;font:500 12.5px/1.3 var(--sans);color:var(--informational);white-space:nowrap;vertical-align:.08em}
.level::before{content:"";width:.62em;height:.62em;border-radius:1px;background:currentColor;transform:rotate(45deg) scale(.85)}
h3 .level{margin-left:.5em;vertical-align:.2em}
.level.critical{color:var(--critical)}.level.high{color:var(--high)}.level.medium{color:var(--medium)}.level.low{color:var(--low)}
.notice{border-left:3px solid var(--hair);background:var(--soft);padding:.6rem .9rem;margin:.9rem 0;border-radius:0 3px 3px 0}
.notice.warning{border-color:var(--high);background:#fdf5ee}.notice.bad{border-color:var(--critical);background:#fcf0f3}.notice.good{border-color:var(--low);background:#f0f7f3}
.code{margin:.5rem 0 1.4rem}pre{background:var(--soft);padding:.7rem .9rem;margin:0;white-space:pre-wrap;border-radius:3px;font-size:13.5px}
figcaption{color:var(--quiet);font-size:12.5px;margin-top:.35rem}
.chart{margin:1.6rem 0}.chart svg{display:block;width:100%;height:auto;overflow:visible}
.chart text{font:12px var(--sans);fill:var(--ink)}.chart text.tick{fill:var(--quiet);font-size:11px}.chart line.tick{stroke:var(--hair)}
.chart .cover{fill:#c3d3d8}.chart .silent{fill:var(--paper);stroke:var(--critical);stroke-width:1.5}.chart .narrowed{fill:#f0c48a}.chart .hole{fill:var(--high)}
.chart .mark{fill:var(--informational);stroke:var(--paper);stroke-width:1.2}.chart .mark.critical{fill:var(--critical)}.chart .mark.high{fill:var(--high)}.chart .mark.medium{fill:var(--medium)}.chart .mark.low{fill:var(--low)}
.key{white-space:nowrap;margin-left:.7em}.key::before{content:"";display:inline-block;width:.9em;height:.6em;margin-right:.4em;background:#c3d3d8}
.key.silent::before{background:var(--paper);outline:1.5px solid var(--critical);outline-offset:-1.5px}.key.narrowed::before{background:#f0c48a}.key.hole::before{background:var(--high)}
.key.mark::before{background:var(--informational);width:.55em;height:.55em;transform:rotate(45deg)}
.signature{display:grid;grid-template-columns:1fr 1fr 1fr;gap:2rem;margin-top:4rem}.signature p{border-top:1px solid var(--ink);padding-top:.35rem;margin:0;color:var(--quiet);font-size:13px;min-height:2rem}
.seal{margin-top:4rem;padding-top:1rem;border-top:2px solid var(--ink);color:var(--quiet);font-size:13px}
@media (max-width:40rem){.report{padding-left:1.1rem;padding-right:1.1rem}.facts div{grid-template-columns:1fr;gap:.1rem}h1{font-size:2rem}.signature{grid-template-columns:1fr}}
@page{size:A4;margin:20mm 18mm 22mm}
@media print{body{font-size:9.6pt}.report{display:block;max-width:none;padding:0}.skip{display:none}.glance{flex-wrap:nowrap}.glance li{flex:1 1 0;min-width:0}.glance b{font-size:15pt}
.report>.contents{position:static;max-height:none;overflow:visible;padding:0;break-before:page;font-size:9.6pt}.contents h2{font-size:11pt}
.contents+section{break-before:page;margin-top:0}section{margin-top:9mm}section.page{break-before:page;border-top:0;padding-top:0;margin-top:0}
.table{overflow:visible}table,.facts{font-size:8.6pt}dt,th{font-size:8.4pt}.prose p{font-size:10.4pt}a{color:inherit;text-decoration:none}
*{print-color-adjust:exact}}
@page{@bottom-right{content:"page " counter(page) " of " counter(pages);font:6.8pt sans-serif;color:#586470}}
`;
