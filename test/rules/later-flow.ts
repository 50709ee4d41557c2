// A flow again, a hundred seconds later, as another call: other Call-IDs, tags and branches.

export function laterFlow(text: string): string {
  return text
    .slice(text.indexOf('=== '))
    .replace(/^=== (\d+\.\d+)/gm, (_, seconds: string) => `=== ${(Number(seconds) + 100).toFixed(3)}`)
    .replaceAll('z9hG4bK-', 'z9hG4bK-2-')
    .replace(/;tag=/g, ';tag=2-')
    .replace(/^Call-ID: /gm, 'Call-ID: 2-');
}
