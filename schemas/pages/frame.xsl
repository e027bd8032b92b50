<?xml version="1.0" encoding="UTF-8"?>
<!-- What all pages share: head, header, footer, texts with marks. A page's tree is described in stages/pages/show.h. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>
  <xsl:variable name="words" select="/page/words"/>

  <xsl:template name="head">
    <head>
      <meta http-equiv="Content-Security-Policy" content="{/page/policy}"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <style><xsl:value-of select="/page/style"/></style>
      <title><xsl:value-of select="/page/title"/></title>
    </head>
  </xsl:template>

  <xsl:template name="header">
    <a class="skip" href="#main"><xsl:value-of select="$words/skip"/></a>
    <header>
      <p class="brand" translate="no">tidewaiter</p>
      <p><xsl:value-of select="$words/kind"/></p>
      <xsl:if test="/page/link or /page/other">
        <nav aria-label="{$words/pages}">
          <ul>
            <xsl:for-each select="/page/link">
              <li><a href="{@href}"><xsl:value-of select="."/></a></li>
            </xsl:for-each>
            <xsl:for-each select="/page/other">
              <li><a href="{@href}" hreflang="{@lang}" lang="{@lang}"><xsl:value-of select="."/></a></li>
            </xsl:for-each>
          </ul>
        </nav>
      </xsl:if>
    </header>
  </xsl:template>

  <xsl:template name="footer">
    <footer>
      <p><xsl:for-each select="/page/foot"><xsl:call-template name="parts"/></xsl:for-each></p>
    </footer>
  </xsl:template>

  <xsl:template name="outcome">
    <div class="outcome {/page/outcome/@class}">
      <h1>
        <xsl:value-of select="/page/outcome/title"/>
        <xsl:for-each select="/page/outcome/mark"><xsl:text> </xsl:text><xsl:call-template name="mark"/></xsl:for-each>
      </h1>
      <xsl:for-each select="/page/outcome/line"><p><xsl:call-template name="text"/></p></xsl:for-each>
      <xsl:if test="/page/outcome/small"><p class="small"><xsl:value-of select="/page/outcome/small"/></p></xsl:if>
    </div>
  </xsl:template>

  <!-- A state as a word in its frame. -->
  <xsl:template name="mark"><span class="tag {@form}"><xsl:value-of select="."/></span></xsl:template>

  <!-- A text; marked where it is not in the page's language. -->
  <xsl:template name="text">
    <xsl:choose>
      <xsl:when test="@lang"><span lang="{@lang}"><xsl:value-of select="."/></span></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="parts">
    <xsl:for-each select="part">
      <xsl:choose>
        <xsl:when test="not(@form)"><xsl:value-of select="."/></xsl:when>
        <xsl:when test="@form = 'code'"><code><xsl:value-of select="."/></code></xsl:when>
        <xsl:when test="@form = 'name'"><bdi><xsl:value-of select="."/></bdi></xsl:when>
        <xsl:when test="@form = 'mono'"><span class="mono"><xsl:value-of select="."/></span></xsl:when>
        <xsl:when test="@form = 'moment'"><time datetime="{@at}"><xsl:value-of select="."/></time></xsl:when>
        <xsl:when test="@form = 'hash'"><br/><span class="hash"><xsl:value-of select="."/></span></xsl:when>
        <xsl:when test="@form = 'open'"><xsl:text> </xsl:text><span class="open"><xsl:value-of select="."/></span></xsl:when>
        <xsl:when test="@form = 'soft' or @form = 'note'"><br/><span class="soft small"><xsl:value-of select="."/></span></xsl:when>
        <xsl:when test="@form = 'break'"><br/></xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- Names and values. -->
  <xsl:template name="facts">
    <dl class="facts">
      <xsl:for-each select="fact">
        <div><dt><xsl:value-of select="@label"/></dt><dd><xsl:call-template name="parts"/></dd></div>
      </xsl:for-each>
    </dl>
  </xsl:template>

  <!-- Rules, apart by commas: those with a finding or an undecidable on this page are links. -->
  <xsl:template name="rules">
    <xsl:for-each select="rule">
      <xsl:if test="@next"><xsl:text>, </xsl:text></xsl:if>
      <xsl:choose>
        <xsl:when test="@href"><a class="rule" href="{@href}"><xsl:value-of select="."/></a></xsl:when>
        <xsl:otherwise><span class="rule soft small"><xsl:value-of select="."/></span></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- A finding with its proof. -->
  <xsl:template name="finding">
    <article class="finding {@severity}" id="{@id}" aria-labelledby="{@id}-t">
      <header>
        <h4 id="{@id}-t">
          <xsl:value-of select="@rule"/>
          <xsl:for-each select="title"><xsl:text> </xsl:text><xsl:call-template name="text"/></xsl:for-each>
        </h4>
        <span class="tag {@severity}"><xsl:value-of select="severity"/></span>
        <xsl:if test="place or field">
          <span class="wrap">
            <xsl:if test="place"><code><xsl:value-of select="place"/></code></xsl:if>
            <xsl:if test="place and field"><xsl:text> · </xsl:text></xsl:if>
            <xsl:if test="field"><a href="{field}"><xsl:value-of select="$words/field"/></a></xsl:if>
          </span>
        </xsl:if>
      </header>
      <xsl:for-each select="message"><p><xsl:call-template name="text"/></p></xsl:for-each>
      <xsl:if test="observed or expected or against">
        <dl class="pair">
          <xsl:if test="observed">
            <div>
              <dt><xsl:value-of select="$words/observed"/></dt>
              <dd><xsl:value-of select="observed"/></dd>
              <xsl:if test="place"><dd class="where wrap"><xsl:value-of select="place"/></dd></xsl:if>
            </div>
          </xsl:if>
          <xsl:if test="expected or against">
            <div>
              <dt><xsl:choose><xsl:when test="expected"><xsl:value-of select="$words/expected"/></xsl:when><xsl:otherwise><xsl:value-of select="$words/compared"/></xsl:otherwise></xsl:choose></dt>
              <xsl:if test="expected"><dd><xsl:value-of select="expected"/></dd></xsl:if>
              <xsl:for-each select="against"><dd class="where wrap"><xsl:value-of select="."/></dd></xsl:for-each>
            </div>
          </xsl:if>
        </dl>
      </xsl:if>
      <xsl:if test="mend or who or source or xpath or waiver">
        <dl class="notes">
          <xsl:if test="waiver"><dt><xsl:value-of select="$words/waiver"/></dt><dd><xsl:value-of select="waiver"/></dd></xsl:if>
          <xsl:if test="mend"><dt><xsl:value-of select="$words/mend"/></dt><dd><xsl:for-each select="mend"><xsl:call-template name="text"/></xsl:for-each></dd></xsl:if>
          <xsl:if test="who"><dt><xsl:value-of select="$words/who"/></dt><dd><bdi><xsl:value-of select="who"/></bdi></dd></xsl:if>
          <xsl:if test="source"><dt><xsl:value-of select="$words/source"/></dt><dd><xsl:value-of select="source"/></dd></xsl:if>
          <xsl:if test="xpath"><dt><xsl:value-of select="$words/place"/></dt><dd><code><xsl:value-of select="xpath"/></code></dd></xsl:if>
        </dl>
      </xsl:if>
    </article>
  </xsl:template>
</xsl:stylesheet>
