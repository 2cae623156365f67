// Which language the page is in, and where its lines begin: for the document, and so for all that lies in it.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.documentElement.dir = data.direction;
}
