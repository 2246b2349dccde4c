/** How a program calls the room, ready to be copied: only the key has to be put in. */
export interface Asked {
  origin: string
  series: string
  horizon: number
}

const body = ({ series, horizon }: Asked) => JSON.stringify({ series, horizon, level: 0.9 })

export const languages = ['curl', 'python', 'csharp'] as const
export type Language = (typeof languages)[number]

export const tasks = ['predict', 'load', 'train'] as const
export type Task = (typeof tasks)[number]

export const examples: Record<Task, Record<Language, (asked: Asked) => string>> = {
  predict: {
    curl: asked => `curl -X POST ${asked.origin}/api/forecast/predict \\
  -H "Authorization: Bearer $RIALTO_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${body(asked).replaceAll("'", "'\\''")}'`,
    python: ({ origin, series, horizon }) => `import json, os, urllib.request

request = urllib.request.Request(
    "${origin}/api/forecast/predict",
    json.dumps({"series": ${JSON.stringify(series)}, "horizon": ${horizon}, "level": 0.9}).encode(),
    {"Authorization": "Bearer " + os.environ["RIALTO_KEY"], "Content-Type": "application/json"},
)
with urllib.request.urlopen(request) as answer:
    forecast = json.load(answer)

print("validated for", forecast["validatedHorizon"], "steps")
for point in forecast["points"]:
    print(point["at"], point["value"], point["lower"], point["upper"], point["kind"])`,
    csharp: ({ origin, series, horizon }) => `using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

using var http = new HttpClient { BaseAddress = new Uri("${origin}") };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("RIALTO_KEY"));

var answer = await http.PostAsJsonAsync("/api/forecast/predict", new { series = ${JSON.stringify(series)}, horizon = ${horizon}, level = 0.9 });
answer.EnsureSuccessStatusCode();
var forecast = await answer.Content.ReadFromJsonAsync<JsonElement>();
foreach (var point in forecast.GetProperty("points").EnumerateArray())
    Console.WriteLine($"{point.GetProperty("at")} {point.GetProperty("value")}");`,
  },
  load: {
    curl: ({ origin }) => `curl -X POST ${origin}/api/forecast/loads \\
  -H "Authorization: Bearer $RIALTO_KEY" \\
  -F preset=prsa \\
  -F file=@PRSA_Data_Dongsi_20130301-20170228.csv`,
    python: ({ origin }) => `import os, requests

with open("PRSA_Data_Dongsi_20130301-20170228.csv", "rb") as file:
    answer = requests.post(
        "${origin}/api/forecast/loads",
        headers={"Authorization": "Bearer " + os.environ["RIALTO_KEY"]},
        data={"preset": "prsa"},
        files={"file": file},
    )
answer.raise_for_status()
print(answer.headers["Location"])`,
    csharp: ({ origin }) => `using System.Net.Http.Headers;

using var http = new HttpClient { BaseAddress = new Uri("${origin}") };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("RIALTO_KEY"));

using var form = new MultipartFormDataContent();
form.Add(new StringContent("prsa"), "preset");
form.Add(new StreamContent(File.OpenRead("PRSA_Data_Dongsi_20130301-20170228.csv")), "file", "dongsi.csv");
var answer = await http.PostAsync("/api/forecast/loads", form);
Console.WriteLine(answer.Headers.Location);`,
  },
  train: {
    curl: ({ origin, series, horizon }) => `curl -X POST ${origin}/api/forecast/models \\
  -H "Authorization: Bearer $RIALTO_KEY" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify({ series: [series], horizon, algorithm: 'knn', k: 60, weights: 'distance' }).replaceAll("'", "'\\''")}'`,
    python: ({ origin, series, horizon }) => `import json, os, requests

session = requests.Session()
session.headers["Authorization"] = "Bearer " + os.environ["RIALTO_KEY"]
started = session.post(
    "${origin}/api/forecast/models",
    json={"series": [${JSON.stringify(series)}], "horizon": ${horizon}, "algorithm": "knn", "k": 60},
).json()

with session.get("${origin}/api/forecast/jobs/" + started["id"] + "/events", stream=True) as events:
    for line in events.iter_lines(decode_unicode=True):
        if line.startswith("data: "):
            job = json.loads(line.removeprefix("data: "))
            print(job["state"], job["progress"])

card = session.get("${origin}/api/forecast/models/" + job["model"]).json()["card"]
print(card["gate"], card["bestBaseline"])`,
    csharp: ({ origin, series, horizon }) => `using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

using var http = new HttpClient { BaseAddress = new Uri("${origin}") };
http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("RIALTO_KEY"));

var started = await http.PostAsJsonAsync("/api/forecast/models", new { series = new[] { ${JSON.stringify(series)} }, horizon = ${horizon}, algorithm = "knn", k = 60 });
started.EnsureSuccessStatusCode();
var job = await http.GetFromJsonAsync<JsonElement>(started.Headers.Location);
Console.WriteLine(job);`,
  },
}
