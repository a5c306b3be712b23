// Dropping files anywhere on the box, and saying how much has been sent. Without this the form is a plain form.

const form = document.querySelector("form.upload");
const drop = form.querySelector(".drop");
const files = form.querySelector("input[type=file]");
const sending = form.querySelector(".sending");
const told = sending.querySelector("[role=status]");
const bar = sending.querySelector("progress");

for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", over);
  });
}
drop.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length > 0) files.files = event.dataTransfer.files;
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
    if (!lengthComputable) return;
    bar.value = loaded / total;
    told.textContent = loaded < total ? `${Math.floor((100 * loaded) / total)} % sent` : "Sent; being kept …";
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
    } else {
      const said = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main p");
      stop(said ? said.textContent : "That did not work. Please try again.");
    }
  });
  request.addEventListener("error", () => stop("The connection broke off. Nothing was kept; please send it again."));
  form.querySelector("button").disabled = true;
  sending.hidden = false;
  told.textContent = "Sending …";
  request.send(new FormData(form));
});

/** Says what went wrong, and lets the form be sent again. */
function stop(reason) {
  bar.value = 0;
  told.textContent = reason;
  form.querySelector("button").disabled = false;
}
