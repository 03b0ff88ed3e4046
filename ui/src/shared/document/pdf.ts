// pdf.js, fetched when the first document is shown; its worker comes with the application.
import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { TextContent } from 'pdfjs-dist/types/src/display/api';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** Opens a PDF held in memory. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const pdfjs = await import('pdfjs-dist');
  pdfjs.GlobalWorkerOptions.workerSrc = worker;
  // The worker takes the bytes for itself: it gets a copy.
  return pdfjs.getDocument({ data: bytes.slice(), isEvalSupported: false }).promise;
}

/** The text of a page, a line per line. */
export async function pageText(pdf: PDFDocumentProxy, page: number): Promise<string> {
  const sheet = await pdf.getPage(page);
  // Read by hand: WebKit's streams are not iterable, which `getTextContent` takes for granted.
  const reader = (sheet.streamTextContent() as ReadableStream<TextContent>).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (const item of part.value.items) if ('str' in item) text += item.str + (item.hasEOL ? '\n' : '');
  }
  return text;
}
