{#- Light or dark colours: sets the last choice before the browser paints the page, and stores a new choice when the
    button is pressed. Without scripts the system's setting applies, and themes hide the button: `html` then has no
    attribute `data-theme`. -#}
(d=>{let r=d.documentElement.dataset,s;try{s=localStorage}catch{s={}}r.theme=s.theme||"";d.addEventListener("click",e=>{if(e.target.closest("#switch"))s.theme=r.theme=(r.theme||(matchMedia("(prefers-color-scheme:dark)").matches?"dark":"light"))=="dark"?"light":"dark"})})(document)
