{#- Light or dark: before the page is drawn, what was chosen last; and a press of the button, kept. Without a script the
    system's choice holds, and themes do not show the button: it is there only while `html` has `data-theme`. -#}
(d=>{let r=d.documentElement.dataset,s;try{s=localStorage}catch{s={}}r.theme=s.theme||"";d.addEventListener("click",e=>{if(e.target.closest("#switch"))s.theme=r.theme=(r.theme||(matchMedia("(prefers-color-scheme:dark)").matches?"dark":"light"))=="dark"?"light":"dark"})})(document)
