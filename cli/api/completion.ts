/** What completes `jalon` in a shell, from its own commands and options; a shell that completes asks nobody. */
import type { Argument, Command, Option } from 'commander';

/** What may follow a command of so many words. */
interface Place {
  /** As it is typed, without `jalon`; empty for `jalon` itself. */
  readonly path: string;
  readonly commands: readonly Command[];
  readonly options: readonly Option[];
  readonly args: readonly Argument[];
}

function placesIn(command: Command, path = ''): readonly Place[] {
  const { commands } = command;
  const options = command.options.filter(({ hidden }) => !hidden);
  const below = commands.flatMap((one) => placesIn(one, `${path} ${one.name()}`.trim()));
  return [{ path, commands, options, args: command.registeredArguments }, ...below];
}

/** The script for a shell; `eval "$(jalon completion bash)"` loads it. */
export function completionFor(shell: 'bash' | 'zsh' | 'fish', jalon: Command): string {
  const places = placesIn(jalon);
  if (shell === 'fish') return fish(places);
  const script = bash(places);
  return shell === 'bash' ? script : `autoload -Uz bashcompinit && bashcompinit\n${script}`;
}

const words = ({ commands, options, args }: Place): string =>
  [
    ...commands.map((one) => one.name()),
    ...args.flatMap(({ argChoices = [] }) => argChoices),
    ...options.map(({ long, flags }) => long ?? flags),
    '--help',
  ].join(' ');

/** What an option with a value is followed by, as a line of the script. */
const completing = ({ flags, argChoices = [] }: Option): string =>
  /<(file|folder)>/.test(flags)
    ? 'COMPREPLY=($(compgen -f -- "$current")); return'
    : `found='${argChoices.join(' ')}'`;

/** Zsh takes the same script. */
function bash(places: readonly Place[]): string {
  // Of one name, options of two commands may be followed by different things.
  const valued = places.flatMap(({ path, options }) =>
    options.filter(({ required }) => required).map((option) => ({ at: `${path} ${option.long}`, option })),
  );
  const arms = Object.entries(Object.groupBy(valued, ({ option }) => completing(option))).map(
    ([found, same = []]) => `    ${same.map(({ at }) => `'${at}'`).join('|')}) ${found} ;;`,
  );
  return `# Completes jalon; load it with: eval "$(jalon completion bash)"
_jalon() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path='' found='' i word
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "\${path:+$path }$word" in
      ${places.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`])).join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path $before" in
${arms.join('\n')}
    *) case "$path" in
${places.map((place) => `      '${place.path}') found='${words(place)}' ;;`).join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$found" -- "$current"))
}
complete -o default -F _jalon jalon
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;

function fish(places: readonly Place[]): string {
  const lines = places.flatMap(({ path, commands, options, args }) => {
    const here = `complete -c jalon -n ${quoted(`__jalon_at ${path}`.trim())}`;
    return [
      ...commands.map((one) => `${here} -f -a ${one.name()} -d ${quoted(one.description())}`),
      ...args.flatMap(({ argChoices = [] }) => argChoices.map((choice) => `${here} -f -a ${choice}`)),
      ...options.map(({ long = '', required, argChoices, description }) => {
        const value = argChoices ? ` -x -a ${quoted(argChoices.join(' '))}` : required ? ' -r' : '';
        return `${here} -l ${long.slice(2)}${value} -d ${quoted(description)}`;
      }),
    ];
  });
  const paths = places.flatMap(({ path }) => (path === '' ? [] : [quoted(path)])).join(' ');
  return `# Completes jalon; load it with: jalon completion fish | source
function __jalon_at
  set -l path ''
  for word in (commandline -opc)[2..]
    set -l longer (string trim "$path $word")
    contains -- $longer ${paths}; and set path $longer
  end
  test "$path" = "$argv"
end
${lines.join('\n')}
`;
}
