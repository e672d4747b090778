// What the page carries packed: in base64, since a page is text; texts and the drawing library deflated too.

function packed(id) {
  const text = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

const unpacked = (id) => new Response(new Blob([packed(id)]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
