export const exampleLanguages = ['curl', 'Python', 'C#', 'TypeScript'] as const

export type ExampleLanguage = (typeof exampleLanguages)[number]

export interface Call {
  method: string
  /** Whole, with the host. */
  url: string
  /** As it is sent; null for none. */
  body: string | null
  contentType: string
}

/** Stands for the key: nobody's real one belongs into a program's text. */
const key = 'RIALTO_KEY'

/** The call as a program. Texts are written so that nothing in them can end the literal they stand in. */
export function exampleOf(language: ExampleLanguage, call: Call): string {
  return { curl, Python: python, 'C#': csharp, TypeScript: typescript }[language](call)
}

function curl({ method, url, body, contentType }: Call): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  return [
    `curl -X ${method.toUpperCase()} ${quoted(url)}`,
    `  -H "Authorization: Bearer $${key}"`,
    ...(body === null ? [] : [`  -H 'Content-Type: ${contentType}'`, `  -d ${quoted(body)}`]),
  ].join(' \\\n')
}

// JSON's strings are those of Python, too: \uXXXX, \n and \" mean the same.
function python({ method, url, body, contentType }: Call): string {
  return `import os, urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},
    method=${JSON.stringify(method.toUpperCase())},
    headers={"Authorization": "Bearer " + os.environ["${key}"]${body === null ? '' : `, "Content-Type": ${JSON.stringify(contentType)}`}},${
      body === null ? '' : `\n    data=${JSON.stringify(body)}.encode(),`
    }
)
with urllib.request.urlopen(request) as answer:
    print(answer.status, answer.read().decode())`
}

function csharp({ method, url, body, contentType }: Call): string {
  const content =
    body === null
      ? ''
      : `\nrequest.Content = new StringContent(${JSON.stringify(body)}, System.Text.Encoding.UTF8, ${JSON.stringify(contentType)});`
  return `using var http = new HttpClient();
http.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable("${key}"));
using var request = new HttpRequestMessage(HttpMethod.${method[0]?.toUpperCase()}${method.slice(1)}, ${JSON.stringify(url)});${content}
using var answer = await http.SendAsync(request);
Console.WriteLine($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");`
}

function typescript({ method, url, body, contentType }: Call): string {
  const more = body === null ? '' : `\n  body: ${JSON.stringify(body)},`
  const type = body === null ? '' : `, 'Content-Type': ${JSON.stringify(contentType)}`
  return `const answer = await fetch(${JSON.stringify(url)}, {
  method: ${JSON.stringify(method.toUpperCase())},
  headers: { Authorization: \`Bearer \${process.env.${key}}\`${type} },${more}
})
console.log(answer.status, await answer.text())`
}
