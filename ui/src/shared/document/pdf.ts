// pdf.js, fetched when the first document is shown; its worker comes with the application.
import type { PDFDocumentProxy } from 'pdfjs-dist';
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
  const content = await sheet.getTextContent();
  return content.items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('');
}
