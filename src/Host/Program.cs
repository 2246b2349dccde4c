using Rialto.Host;

var app = WebApplication.CreateSlimBuilder(args).Build();
foreach (var module in Modules.All)
    module.MapEndpoints(app);
app.Run();
