import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core'

// Mantine takes ten shades of a colour; the application has one accent, whose two faces (dark, light) are in tokens.css.
const accent = Array.from({ length: 10 }, () => 'var(--accent-fill)') as unknown as MantineColorsTuple

// Mantine's scale of greys in the dark, from text to the deepest ground.
const dark: MantineColorsTuple = [
  'var(--text)',
  'var(--text-2)',
  'var(--text-2)',
  'var(--text-3)',
  'var(--line-strong)',
  'var(--hover)',
  'var(--raised)',
  'var(--ground)',
  'var(--sunken)',
  'var(--sunken)',
]

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent, dark },
  variantColorResolver: input => {
    const colors = defaultVariantColorsResolver(input)
    if (input.variant === 'filled') return { ...colors, color: 'var(--on-accent)' }
    // Quiet buttons are of the text's colour, not of a grey of their own.
    if (input.variant === 'subtle' && input.color === 'gray')
      return { ...colors, color: 'var(--text-2)', hover: 'var(--hover)', hoverColor: 'var(--text)' }
    return colors
  },
  fontFamily: 'var(--font-ui)',
  fontFamilyMonospace: 'var(--font-data)',
  fontSizes: {
    xs: 'var(--type-xs)',
    sm: 'var(--type-s)',
    md: 'var(--type-m)',
    lg: 'var(--type-l)',
    xl: 'var(--type-xl)',
  },
  radius: {
    xs: 'var(--radius-s)',
    sm: 'var(--radius-s)',
    md: 'var(--radius-m)',
    lg: 'var(--radius-l)',
    xl: 'var(--radius-l)',
  },
  spacing: {
    xs: 'var(--space-3)',
    sm: 'var(--space-4)',
    md: 'var(--space-5)',
    lg: 'var(--space-6)',
    xl: 'var(--space-7)',
  },
  shadows: { sm: 'var(--shadow-m)', md: 'var(--shadow-m)', lg: 'var(--shadow-l)', xl: 'var(--shadow-l)' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    // The first item has the focus, not an element without a role that a screen reader would meet first.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
})

const ours = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--accent-fill)',
  '--mantine-primary-color-filled-hover': 'var(--accent-fill-hover)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-accent-filled': 'var(--accent-fill)',
  '--mantine-color-accent-filled-hover': 'var(--accent-fill-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--selected)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-text': 'var(--accent)',
}

/** Points Mantine's colours at tokens.css, which knows the dark and the light value of each. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.45' },
  light: ours,
  dark: ours,
})
